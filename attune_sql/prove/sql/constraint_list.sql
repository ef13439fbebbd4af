-- name: constraint_list()
-- Lists what rows must satisfy: constraints of tables and domains, and unique indexes, by the names that errors tell.
SELECT
    pg_constraint.conrelid AS relation,
    pg_constraint.contypid AS type,
    pg_constraint.conname::text AS name,
    pg_constraint.contype::text AS kind,
    coalesce(pg_constraint.conkey, '{}')::integer[] AS columns,
    pg_constraint.confrelid AS target,
    coalesce(pg_constraint.confkey, '{}')::integer[] AS target_columns,
    pg_catalog.pg_get_constraintdef(pg_constraint.oid) AS definition
FROM pg_catalog.pg_constraint
WHERE pg_constraint.contype IN ('c', 'f', 'u', 'p', 'x') AND pg_constraint.conparentid = 0
UNION ALL
SELECT
    pg_index.indrelid AS relation,
    0::oid AS type,
    pg_class.relname::text AS name,
    'i' AS kind,
    pg_index.indkey::smallint[]::integer[] AS columns,
    0::oid AS target,
    '{}'::integer[] AS target_columns,
    pg_catalog.pg_get_indexdef(pg_index.indexrelid) AS definition
FROM pg_catalog.pg_index
JOIN pg_catalog.pg_class ON pg_class.oid = pg_index.indexrelid
WHERE
    pg_index.indisunique
    AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_constraint
        WHERE pg_constraint.conindid = pg_index.indexrelid AND pg_constraint.contype IN ('u', 'p', 'x')
    )
ORDER BY relation, type, name;
