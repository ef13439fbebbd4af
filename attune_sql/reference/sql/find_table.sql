-- name: find_table(name)^
-- Returns the table of schema attune with this name and its comment, or no row.
SELECT
    pg_class.relname::text AS name,
    pg_catalog.obj_description(pg_class.oid, 'pg_class') AS comment
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_class.relnamespace
WHERE
    pg_namespace.nspname = 'attune'
    AND pg_class.relname = :name::text
    AND pg_class.relkind IN ('r', 'p');
