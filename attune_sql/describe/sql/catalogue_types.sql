-- name: catalogue_types()
-- Lists every type: its name, the type below a domain (0 for none), and whether the domain refuses NULL.
SELECT
    pg_type.oid,
    pg_type.typname::text AS name,
    pg_type.typbasetype AS base,
    pg_type.typnotnull AS not_null
FROM pg_catalog.pg_type
ORDER BY pg_type.oid;
