-- name: count_by_status(since)
-- Counts the executions created since a time in each status that has any, in lifecycle order.
-- @optional since
SELECT
    execution.status,
    count(*) AS count
FROM attune.execution
WHERE execution.created >= COALESCE(:since::timestamptz, '-infinity')
GROUP BY execution.status
ORDER BY execution.status;
