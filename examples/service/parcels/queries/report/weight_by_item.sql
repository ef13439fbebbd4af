-- name: weight_by_item(since)
-- Lists the items that were ordered since a moment, with the number of orders and their weight in grams, heaviest first.
SELECT
    execution.config ->> 'item' AS item,
    count(*) AS orders,
    coalesce(sum((execution.config ->> 'grams')::bigint), 0) AS grams,
    array_agg(DISTINCT execution.status) AS statuses
FROM attune.execution
WHERE
    execution.action_ref = 'parcels.pack'
    AND execution.created >= :since::timestamptz
GROUP BY execution.config ->> 'item'
ORDER BY grams DESC, item;
