-- name: count_active_by_action(action)$
-- Counts the executions of an action that are not finished.
SELECT count(*) AS count
FROM attune.execution
WHERE
    execution.action = :action::bigint
    AND execution.status IN ('requested', 'scheduling', 'scheduled', 'running', 'canceling');
