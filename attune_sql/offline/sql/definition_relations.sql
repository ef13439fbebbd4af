-- name: definition_relations()
-- Lists the tables and views that did not come with PostgreSQL, each with what a query can see of it; names are quoted.
SELECT
    pg_class.oid,
    pg_catalog.format('%I.%I', pg_namespace.nspname, pg_class.relname) AS name,
    pg_namespace.nspname::text AS schema,
    pg_class.relname::text AS relation,
    pg_catalog.jsonb_build_object(
        'kind', pg_class.relkind,
        'keys', ARRAY(
            SELECT
                pg_catalog.jsonb_build_array(
                    ARRAY(
                        SELECT pg_attribute.attname
                        FROM pg_catalog.unnest((pg_index.indkey::smallint[])[0:pg_index.indnkeyatts - 1])
                            WITH ORDINALITY AS part (number, place)
                        JOIN pg_catalog.pg_attribute
                            ON pg_attribute.attrelid = pg_index.indrelid AND pg_attribute.attnum = part.number
                        ORDER BY part.place
                    ),
                    pg_index.indisprimary,
                    pg_index.indimmediate,
                    pg_catalog.pg_get_expr(pg_index.indpred, pg_index.indrelid)
                ) AS key
            FROM pg_catalog.pg_index
            WHERE
                pg_index.indrelid = pg_class.oid
                AND pg_index.indisunique
                AND pg_index.indisvalid
                AND pg_index.indexprs IS NULL
            ORDER BY key
        ),
        /* ON CONFLICT ON CONSTRAINT names them */
        'constraints', ARRAY(
            SELECT pg_constraint.conname
            FROM pg_catalog.pg_constraint
            WHERE pg_constraint.conrelid = pg_class.oid AND pg_constraint.contype IN ('p', 'u', 'x')
            ORDER BY pg_constraint.conname
        ),
        'triggers', ARRAY(
            SELECT pg_catalog.jsonb_build_array(pg_trigger.tgtype, pg_language.lanname, pg_proc.prosrc) AS trigger
            FROM pg_catalog.pg_trigger
            JOIN pg_catalog.pg_proc ON pg_proc.oid = pg_trigger.tgfoid
            JOIN pg_catalog.pg_language ON pg_language.oid = pg_proc.prolang
            /* bits of tgtype: 1 for each row, 2 before, 64 instead of */
            WHERE
                pg_trigger.tgrelid = pg_class.oid AND pg_trigger.tgtype & 1 <> 0 AND pg_trigger.tgtype & 66 <> 0
            ORDER BY trigger
        )
    ) AS definition,
    ARRAY(
        SELECT pg_catalog.pg_get_ruledef(pg_rewrite.oid) AS rule
        FROM pg_catalog.pg_rewrite
        WHERE pg_rewrite.ev_class = pg_class.oid
        ORDER BY rule
    ) AS rules,
    ARRAY(
        SELECT pg_inherits.inhrelid
        FROM pg_catalog.pg_inherits
        WHERE pg_inherits.inhparent = pg_class.oid
        ORDER BY pg_inherits.inhrelid
    ) AS children,
    ARRAY(
        SELECT
            pg_catalog.jsonb_build_array(
                pg_attribute.attname,
                pg_catalog.format_type(pg_attribute.atttypid, NULL),
                pg_attribute.attcollation::regcollation::text,
                pg_attribute.attnotnull AND NOT EXISTS (
                    SELECT 1
                    FROM pg_catalog.pg_constraint
                    WHERE
                        pg_constraint.conrelid = pg_class.oid
                        AND pg_constraint.contype = 'n'
                        AND pg_constraint.conkey = ARRAY[pg_attribute.attnum]
                        AND NOT pg_constraint.convalidated
                ),
                pg_attribute.attgenerated,
                pg_attribute.attidentity,
                pg_catalog.pg_get_expr(pg_attrdef.adbin, pg_attrdef.adrelid)
            )
        FROM pg_catalog.pg_attribute
        LEFT JOIN pg_catalog.pg_attrdef
            ON pg_attrdef.adrelid = pg_attribute.attrelid AND pg_attrdef.adnum = pg_attribute.attnum
        WHERE pg_attribute.attrelid = pg_class.oid AND pg_attribute.attnum > 0 AND NOT pg_attribute.attisdropped
        ORDER BY pg_attribute.attnum
    ) AS columns
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_namespace ON pg_namespace.oid = pg_class.relnamespace
WHERE pg_class.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND pg_class.oid >= 16384
ORDER BY pg_class.oid;
