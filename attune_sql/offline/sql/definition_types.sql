-- name: definition_types()
-- Lists the types that did not come with PostgreSQL: how a cast writes them, what they are, and the types that they are made of.
SELECT
    pg_type.oid,
    pg_catalog.format_type(pg_type.oid, NULL) AS name,
    pg_catalog.jsonb_build_object(
        'type', pg_type.typtype,
        'category', pg_type.typcategory,
        'preferred', pg_type.typispreferred,
        'not_null', pg_type.typnotnull,
        'labels', ARRAY(
            SELECT pg_enum.enumlabel
            FROM pg_catalog.pg_enum
            WHERE pg_enum.enumtypid = pg_type.oid
            ORDER BY pg_enum.enumsortorder
        ),
        'parts', parts.described
    ) AS definition,
    parts.oids AS parts
FROM pg_catalog.pg_type
CROSS JOIN LATERAL (
    SELECT
        ARRAY(SELECT part.oid FROM pg_catalog.unnest(found.oids) AS part (oid) WHERE part.oid >= 16384) AS oids,
        found.described
    FROM (
        SELECT
            pg_catalog.array_agg(inner_type.oid ORDER BY inner_type.place, inner_type.oid) AS oids,
            pg_catalog.jsonb_agg(
                pg_catalog.jsonb_build_array(inner_type.name, pg_catalog.format_type(inner_type.oid, NULL))
                ORDER BY inner_type.place, inner_type.oid
            ) AS described
        FROM (
            SELECT
                pg_type.typbasetype AS oid,
                'base' AS name,
                0 AS place
            UNION ALL
            SELECT
                pg_type.typelem AS oid,
                'element' AS name,
                0 AS place
            UNION ALL
            SELECT
                pg_range.rngsubtype AS oid,
                'subtype' AS name,
                0 AS place
            FROM pg_catalog.pg_range
            WHERE pg_range.rngtypid = pg_type.oid
            UNION ALL
            SELECT
                pg_range.rngtypid AS oid,
                'range' AS name,
                0 AS place
            FROM pg_catalog.pg_range
            WHERE pg_range.rngmultitypid = pg_type.oid
            UNION ALL
            SELECT
                pg_attribute.atttypid AS oid,
                pg_attribute.attname::text AS name,
                pg_attribute.attnum AS place
            FROM pg_catalog.pg_attribute
            WHERE
                pg_attribute.attrelid = pg_type.typrelid
                AND pg_attribute.attnum > 0
                AND NOT pg_attribute.attisdropped
        ) AS inner_type
        WHERE inner_type.oid <> 0
    ) AS found
) AS parts
WHERE pg_type.oid >= 16384
ORDER BY pg_type.oid;
