-- name: catalogue_functions()
-- Lists every function, aggregate and window function.
SELECT
    pg_proc.oid,
    pg_proc.proname::text AS name,
    pg_namespace.nspname::text AS schema,
    pg_proc.proargtypes::oid[]::bigint[] AS arguments,
    pg_proc.proisstrict AS strict,
    pg_proc.provolatile = 'v' AS volatile,
    pg_proc.proretset AS returns_set,
    pg_proc.prokind::text AS kind
FROM pg_catalog.pg_proc
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_proc.pronamespace
ORDER BY pg_proc.oid;
