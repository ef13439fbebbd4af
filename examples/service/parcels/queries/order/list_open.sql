-- name: list_open(limit)
-- Lists the orders that are still to be packed, oldest first.
SELECT
    execution.id,
    execution.status,
    execution.config,
    execution.result
FROM attune.execution
WHERE
    execution.action_ref = 'parcels.pack'
    AND execution.status IN ('requested', 'scheduling', 'scheduled', 'running')
ORDER BY execution.created, execution.id
LIMIT :limit::bigint;
