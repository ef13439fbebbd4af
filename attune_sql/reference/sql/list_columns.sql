-- name: list_columns(table_name)
-- Lists the columns of a table of schema attune, in the order of the table.
SELECT
    pg_attribute.attname::text AS name,
    pg_catalog.format_type(pg_attribute.atttypid, pg_attribute.atttypmod) AS type,
    pg_attribute.attnotnull AS required,
    pg_attribute.attidentity <> '' AS is_identity,
    pg_attribute.attgenerated <> '' AS is_generated,
    pg_catalog.pg_get_expr(pg_attrdef.adbin, pg_attrdef.adrelid) AS expression,
    pg_catalog.col_description(pg_attribute.attrelid, pg_attribute.attnum) AS comment
FROM pg_catalog.pg_attribute
JOIN pg_catalog.pg_class ON pg_class.oid = pg_attribute.attrelid
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_class.relnamespace
LEFT JOIN pg_catalog.pg_attrdef
    ON pg_attrdef.adrelid = pg_attribute.attrelid AND pg_attrdef.adnum = pg_attribute.attnum
WHERE
    pg_namespace.nspname = 'attune'
    AND pg_class.relname = :table_name::text
    AND pg_class.relkind IN ('r', 'p')
    AND pg_attribute.attnum > 0
    AND NOT pg_attribute.attisdropped
ORDER BY pg_attribute.attnum;
