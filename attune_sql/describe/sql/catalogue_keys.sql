-- name: catalogue_keys()
-- Lists the unique keys of all tables as attribute numbers: immediate, of columns only, with the predicate of a partial one.
SELECT
    pg_index.indrelid AS relation,
    (pg_index.indkey::smallint[])[0:pg_index.indnkeyatts - 1]::integer[] AS columns,
    pg_index.indpred::text AS predicate
FROM pg_catalog.pg_index
JOIN pg_catalog.pg_class ON pg_class.oid = pg_index.indrelid
WHERE
    pg_index.indisunique
    AND pg_index.indisvalid
    AND pg_index.indimmediate
    AND pg_index.indexprs IS NULL
    /* equal for the index must be what is equal for `=`: its own order of text or of rows is another matter */
    AND NOT EXISTS (
        SELECT 1
        FROM ROWS FROM (
            pg_catalog.unnest(pg_index.indkey::smallint[]),
            pg_catalog.unnest(pg_index.indclass::oid[]),
            pg_catalog.unnest(pg_index.indcollation::oid[])
        ) AS part (attnum, opclass, ordering)
        JOIN pg_catalog.pg_opclass ON pg_opclass.oid = part.opclass
        JOIN pg_catalog.pg_attribute
            ON pg_attribute.attrelid = pg_index.indrelid AND pg_attribute.attnum = part.attnum
        LEFT JOIN pg_catalog.pg_collation ON pg_collation.oid = pg_attribute.attcollation
        WHERE
            pg_opclass.oid >= 16384
            OR NOT (pg_opclass.opcdefault OR pg_opclass.opcname IN ('text_pattern_ops', 'varchar_pattern_ops'))
            OR (NOT pg_collation.collisdeterministic AND part.ordering <> pg_attribute.attcollation)
    )
    /* what inherits from a table is not in its indexes; partitions are */
    AND (pg_class.relkind = 'p' OR NOT pg_class.relhassubclass)
ORDER BY pg_index.indrelid, pg_index.indisprimary DESC, pg_index.indexrelid;
