-- name: definition_operators()
-- Lists the operators that did not come with PostgreSQL.
SELECT
    pg_operator.oid,
    pg_catalog.format('%I.%s', pg_namespace.nspname, pg_operator.oprname) AS name,
    pg_catalog.jsonb_build_array(
        pg_catalog.format_type(pg_operator.oprleft, NULL),
        pg_catalog.format_type(pg_operator.oprright, NULL),
        pg_catalog.format_type(pg_operator.oprresult, NULL),
        pg_proc.proname,
        pg_proc.proisstrict,
        pg_proc.provolatile
    ) AS definition
FROM pg_catalog.pg_operator
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_operator.oprnamespace
LEFT JOIN pg_catalog.pg_proc ON pg_proc.oid = pg_operator.oprcode
WHERE pg_operator.oid >= 16384
ORDER BY pg_operator.oid;
