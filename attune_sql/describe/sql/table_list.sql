-- name: table_list(oids)
-- Lists the tables and views with these oids: their names and columns, and whether a trigger may keep out a row.
SELECT
    pg_class.oid,
    pg_namespace.nspname::text AS schema,
    pg_class.relname::text AS name,
    ARRAY(
        SELECT pg_attribute.attnum::integer
        FROM pg_catalog.pg_attribute
        WHERE pg_attribute.attrelid = pg_class.oid
        ORDER BY pg_attribute.attnum
    ) AS numbers,
    ARRAY(
        SELECT pg_attribute.attname::text
        FROM pg_catalog.pg_attribute
        WHERE pg_attribute.attrelid = pg_class.oid
        ORDER BY pg_attribute.attnum
    ) AS names,
    pg_class.relkind NOT IN ('r', 'p') OR coalesce(skipping.on_insert, false) AS may_skip_insert,
    pg_class.relkind NOT IN ('r', 'p') OR coalesce(skipping.on_update, false) AS may_skip_update
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_class.relnamespace
CROSS JOIN LATERAL (
    SELECT
        /* bits of tgtype: 1 for each row, 2 before, 4 insert, 16 update, 64 instead of */
        pg_catalog.bool_or(pg_trigger.tgtype & 4 <> 0) AS on_insert,
        pg_catalog.bool_or(pg_trigger.tgtype & 16 <> 0) AS on_update
    FROM pg_catalog.pg_trigger
    JOIN pg_catalog.pg_proc ON pg_proc.oid = pg_trigger.tgfoid
    JOIN pg_catalog.pg_language ON pg_language.oid = pg_proc.prolang
    WHERE
        (
            pg_trigger.tgrelid = pg_class.oid
            OR pg_trigger.tgrelid IN (
                SELECT part.relid
                FROM pg_catalog.pg_partition_tree(pg_class.oid::regclass) AS part
            )
        )
        AND pg_trigger.tgtype & 1 <> 0
        AND pg_trigger.tgtype & 66 <> 0
        /* a function that returns nothing but NEW leaves out no row */
        AND NOT (
            pg_language.lanname = 'plpgsql'
            AND pg_proc.prosrc !~* '\mreturn\M(?!\s+new\s*;)'
            AND pg_proc.prosrc !~* '\mnew\M\s*:?=|\minto\M\s+(strict\s+)?new\M(?!\s*\.)|\mfor\M\s+new\M|\mcall\M'
        )
) AS skipping
WHERE pg_class.oid = ANY(:oids::oid[])
ORDER BY pg_class.oid;
