-- name: catalogue_types()
-- Lists every type: its name, the type below a domain (0 for none), whether the domain refuses NULL, and whether it is a row type.
SELECT
    pg_type.oid,
    pg_type.typname::text AS name,
    pg_type.typbasetype AS base,
    pg_type.typnotnull AS not_null,
    pg_type.typrelid <> 0 AS is_row
FROM pg_catalog.pg_type
ORDER BY pg_type.oid;
