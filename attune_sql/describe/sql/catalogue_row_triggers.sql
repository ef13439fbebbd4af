-- name: catalogue_row_triggers()
-- Lists the tables whose rows a trigger may alter before they are stored, by the kind of change.
SELECT
    pg_trigger.tgrelid AS relation,
    /* bits of tgtype: 1 for each row, 2 before, 4 insert, 16 update, 64 instead of */
    pg_catalog.bool_or(pg_trigger.tgtype & 4 <> 0) AS on_insert,
    pg_catalog.bool_or(pg_trigger.tgtype & 16 <> 0) AS on_update
FROM pg_catalog.pg_trigger
WHERE pg_trigger.tgtype & 1 <> 0 AND pg_trigger.tgtype & 66 <> 0
GROUP BY pg_trigger.tgrelid
ORDER BY pg_trigger.tgrelid;
