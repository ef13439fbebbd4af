-- name: delete_finished_before(before, limit)!
-- Deletes the oldest executions that finished before a time, at most limit, and returns their number.
WITH old AS MATERIALIZED (
    SELECT execution.id
    FROM attune.execution
    WHERE
        execution.status IN ('completed', 'failed', 'cancelled', 'timeout', 'abandoned')
        AND execution.updated < :before::timestamptz
    ORDER BY execution.updated, execution.id
    LIMIT greatest(:limit::bigint, 0)
    /* In order and waiting: two callers that skip each other's rows can deadlock over a parent and its child. */
    FOR UPDATE
)

DELETE FROM attune.execution
WHERE execution.id = ANY(ARRAY(SELECT old.id FROM old));
