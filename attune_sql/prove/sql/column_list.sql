-- name: column_list()
-- Lists the columns of all tables that rows can be put into; partitions get theirs through the table that they are of.
SELECT
    pg_class.oid AS relation,
    pg_class.relname::text AS table,
    pg_catalog.format('%I.%I', pg_namespace.nspname, pg_class.relname) AS full_name,
    pg_attribute.attnum::integer AS number,
    pg_attribute.attname::text AS name,
    pg_catalog.quote_ident(pg_attribute.attname) AS identifier,
    pg_attribute.atttypid AS type,
    pg_attribute.attnotnull AS not_null,
    pg_attribute.atthasdef AS has_default,
    pg_attribute.attgenerated <> '' AS generated,
    (
        pg_attribute.attidentity <> ''
        OR coalesce(pg_catalog.pg_get_expr(pg_attrdef.adbin, pg_attrdef.adrelid) LIKE 'nextval(%', false)
    ) AS numbered
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_class.relnamespace
JOIN pg_catalog.pg_attribute ON pg_attribute.attrelid = pg_class.oid
LEFT JOIN pg_catalog.pg_attrdef
    ON
        pg_attrdef.adrelid = pg_attribute.attrelid
        AND pg_attrdef.adnum = pg_attribute.attnum
WHERE
    pg_class.relkind IN ('r', 'p')
    AND NOT pg_class.relispartition
    AND pg_class.relpersistence <> 't'
    AND pg_namespace.nspname <> 'information_schema'
    AND pg_namespace.nspname NOT LIKE 'pg\_%'
    /* what came with an extension is its own affair, and so is the ledger of the migrations */
    AND NOT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_depend
        WHERE
            pg_depend.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND pg_depend.objid = pg_class.oid
            AND pg_depend.deptype = 'e'
    )
    AND NOT (pg_namespace.nspname = 'attune' AND pg_class.relname = 'schema_migration')
    AND pg_attribute.attnum > 0
    AND NOT pg_attribute.attisdropped
ORDER BY pg_namespace.nspname, pg_class.relname, pg_attribute.attnum;
