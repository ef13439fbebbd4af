-- name: table_column_list(schemas, names)
-- Lists the tables with these schemas and names (pairs of two lists), each with its columns in their order.
SELECT
    pg_namespace.nspname::text AS schema,
    pg_class.relname::text AS name,
    pg_catalog.array_agg(pg_attribute.attname::text ORDER BY pg_attribute.attnum) AS columns
FROM unnest(:schemas::text[], :names::text[]) AS wanted (schema, name)
JOIN pg_catalog.pg_namespace ON pg_namespace.nspname = wanted.schema
JOIN pg_catalog.pg_class ON pg_class.relnamespace = pg_namespace.oid AND pg_class.relname = wanted.name
JOIN pg_catalog.pg_attribute ON pg_attribute.attrelid = pg_class.oid
WHERE pg_attribute.attnum > 0 AND NOT pg_attribute.attisdropped
GROUP BY pg_namespace.nspname, pg_class.relname
ORDER BY pg_namespace.nspname, pg_class.relname;
