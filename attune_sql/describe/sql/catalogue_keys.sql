-- name: catalogue_keys()
-- Lists the unique keys of all tables as attribute numbers: immediate, of columns only, without a predicate.
SELECT
    pg_index.indrelid AS relation,
    (pg_index.indkey::smallint[])[0:pg_index.indnkeyatts - 1]::integer[] AS columns
FROM pg_catalog.pg_index
JOIN pg_catalog.pg_class ON pg_class.oid = pg_index.indrelid
WHERE
    pg_index.indisunique
    AND pg_index.indisvalid
    AND pg_index.indimmediate
    AND pg_index.indpred IS NULL
    AND pg_index.indexprs IS NULL
    /* what inherits from a table is not in its indexes; partitions are */
    AND (pg_class.relkind = 'p' OR NOT pg_class.relhassubclass)
ORDER BY pg_index.indrelid, pg_index.indisprimary DESC, pg_index.indexrelid;
