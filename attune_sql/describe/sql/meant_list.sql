-- name: meant_list(sqlstate, written)
-- Lists what a name without a schema can mean, with the schema: tables, functions or types, by the error that it led to.
SELECT DISTINCT pg_catalog.quote_ident(pg_namespace.nspname) || '.' || pg_catalog.quote_ident(found.name) AS name
FROM (
    SELECT
        '42P01' AS sqlstate,
        pg_class.relnamespace AS namespace,
        pg_class.relname AS name
    FROM pg_catalog.pg_class
    UNION ALL
    SELECT
        '42883' AS sqlstate,
        pg_proc.pronamespace AS namespace,
        pg_proc.proname AS name
    FROM pg_catalog.pg_proc
    UNION ALL
    SELECT
        '42704' AS sqlstate,
        pg_type.typnamespace AS namespace,
        pg_type.typname AS name
    FROM pg_catalog.pg_type
) AS found
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = found.namespace
WHERE
    found.sqlstate = :sqlstate::text
    AND found.name = (pg_catalog.parse_ident(:written::text))[1]
    /* PostgreSQL keeps this prefix for schemas of its own */
    AND pg_namespace.nspname !~ '^pg_'
ORDER BY name;
