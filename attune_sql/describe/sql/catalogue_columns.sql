-- name: catalogue_columns()
-- Lists every relation: names, attribute numbers, and which columns refuse NULL in all of its rows.
SELECT
    pg_class.oid,
    pg_class.relkind::text AS kind,
    pg_namespace.nspname::text AS schema,
    pg_class.relname::text AS name,
    pg_catalog.array_agg(pg_attribute.attnum::integer ORDER BY pg_attribute.attnum) AS numbers,
    pg_catalog.array_agg(pg_attribute.attname::text ORDER BY pg_attribute.attnum) AS names,
    pg_catalog.array_agg(
        pg_attribute.attnotnull
        /* a foreign server keeps no promises, and a constraint that is NOT VALID says nothing of the rows before it */
        AND pg_class.relkind IN ('r', 'p')
        AND NOT EXISTS (
            SELECT 1
            FROM pg_catalog.pg_constraint
            WHERE
                pg_constraint.conrelid = pg_attribute.attrelid
                AND pg_constraint.contype = 'n'
                AND pg_constraint.conkey = ARRAY[pg_attribute.attnum]
                AND NOT pg_constraint.convalidated
        )
        ORDER BY pg_attribute.attnum
    ) AS not_null,
    pg_catalog.array_agg(pg_attribute.attgenerated <> '' ORDER BY pg_attribute.attnum) AS generated
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_class.relnamespace
JOIN pg_catalog.pg_attribute ON pg_attribute.attrelid = pg_class.oid
WHERE
    pg_class.relkind IN ('r', 'p', 'f', 'v', 'm')
    AND pg_attribute.attnum > 0
    AND NOT pg_attribute.attisdropped
GROUP BY pg_class.oid, pg_class.relkind, pg_namespace.nspname, pg_class.relname
ORDER BY pg_class.oid;
