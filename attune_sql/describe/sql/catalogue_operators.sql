-- name: catalogue_operators()
-- Lists every operator and the function behind it.
SELECT
    pg_operator.oid,
    pg_operator.oprname::text AS name,
    pg_namespace.nspname::text AS schema,
    pg_operator.oprcode::oid AS function
FROM pg_catalog.pg_operator
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_operator.oprnamespace
ORDER BY pg_operator.oid;
