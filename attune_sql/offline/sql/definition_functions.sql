-- name: definition_functions()
-- Lists the functions that did not come with PostgreSQL: their names and what a call can see of them, not their bodies.
SELECT
    pg_proc.oid,
    pg_catalog.format('%I.%I', pg_namespace.nspname, pg_proc.proname) AS name,
    pg_catalog.jsonb_build_array(
        pg_catalog.pg_get_function_arguments(pg_proc.oid),
        pg_catalog.pg_get_function_result(pg_proc.oid),
        pg_proc.prokind,
        pg_proc.proisstrict,
        pg_proc.provolatile,
        pg_proc.proretset
    ) AS definition
FROM pg_catalog.pg_proc
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_proc.pronamespace
WHERE pg_proc.oid >= 16384
ORDER BY pg_proc.oid;
