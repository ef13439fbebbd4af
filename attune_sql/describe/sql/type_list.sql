-- name: type_list(oids)
-- Lists the types with these oids and every type that they are made of.
WITH RECURSIVE part AS (
    SELECT
        pg_type.oid,
        CASE WHEN element.typarray = pg_type.oid THEN element.oid ELSE coalesce(ranges.inner_oid, 0) END AS element_oid,
        pg_type.typbasetype AS base_oid,
        CASE WHEN pg_type.typtype = 'c' THEN pg_type.typrelid ELSE 0 END AS relation_oid
    FROM pg_catalog.pg_type
    LEFT JOIN pg_catalog.pg_type AS element ON element.oid = pg_type.typelem
    LEFT JOIN (
        SELECT
            pg_range.rngtypid AS oid,
            pg_range.rngsubtype AS inner_oid
        FROM pg_catalog.pg_range
        UNION ALL
        SELECT
            pg_range.rngmultitypid AS oid,
            pg_range.rngtypid AS inner_oid
        FROM pg_catalog.pg_range
    ) AS ranges ON ranges.oid = pg_type.oid
),
wanted AS (
    SELECT asked.oid
    FROM pg_catalog.unnest(:oids::oid[]) AS asked (oid)
    UNION
    SELECT inner_type.oid
    FROM wanted
    JOIN part ON part.oid = wanted.oid
    CROSS JOIN LATERAL (
        SELECT part.element_oid AS oid
        UNION ALL
        SELECT part.base_oid AS oid
        UNION ALL
        SELECT pg_attribute.atttypid AS oid
        FROM pg_catalog.pg_attribute
        WHERE
            pg_attribute.attrelid = part.relation_oid
            AND pg_attribute.attnum > 0
            AND NOT pg_attribute.attisdropped
    ) AS inner_type
    WHERE inner_type.oid <> 0
)
SELECT
    pg_type.oid,
    pg_catalog.format_type(pg_type.oid, -1) AS name,
    pg_namespace.nspname::text AS schema,
    pg_type.typtype::text AS type,
    pg_type.typnotnull AS not_null,
    part.element_oid,
    part.base_oid,
    ARRAY(
        SELECT pg_enum.enumlabel::text
        FROM pg_catalog.pg_enum
        WHERE pg_enum.enumtypid = pg_type.oid
        ORDER BY pg_enum.enumsortorder
    ) AS labels,
    ARRAY(
        SELECT pg_attribute.attname::text
        FROM pg_catalog.pg_attribute
        WHERE
            pg_attribute.attrelid = part.relation_oid
            AND pg_attribute.attnum > 0
            AND NOT pg_attribute.attisdropped
        ORDER BY pg_attribute.attnum
    ) AS field_names,
    ARRAY(
        SELECT pg_attribute.atttypid
        FROM pg_catalog.pg_attribute
        WHERE
            pg_attribute.attrelid = part.relation_oid
            AND pg_attribute.attnum > 0
            AND NOT pg_attribute.attisdropped
        ORDER BY pg_attribute.attnum
    ) AS field_oids
FROM wanted
JOIN part ON part.oid = wanted.oid
JOIN pg_catalog.pg_type ON pg_type.oid = wanted.oid
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_type.typnamespace
ORDER BY pg_type.oid;
