-- name: claim(limit, executor)
-- Moves the oldest requested executions to scheduling and returns them, oldest first; each to one caller only.
-- @optional executor
WITH next AS MATERIALIZED (
    SELECT execution.id
    FROM attune.execution
    WHERE execution.status = 'requested'
    ORDER BY execution.created, execution.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another claim is taking are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

claimed AS (
    UPDATE attune.execution
    SET
        status = 'scheduling',
        executor = COALESCE(:executor::bigint, execution.executor),
        updated = clock_timestamp()
    WHERE execution.id = ANY(ARRAY(SELECT next.id FROM next))
    RETURNING
        execution.id,
        execution.action,
        execution.action_ref,
        execution.config,
        execution.parent,
        execution.enforcement,
        execution.executor,
        execution.status,
        execution.result,
        execution.worker,
        execution.started_at,
        execution.retry_count,
        execution.max_retries,
        execution.retry_reason,
        execution.original_execution,
        execution.top_level,
        execution.created,
        execution.updated
)

SELECT
    claimed.id,
    claimed.action,
    claimed.action_ref,
    claimed.config,
    claimed.parent,
    claimed.enforcement,
    claimed.executor,
    claimed.status,
    claimed.result,
    claimed.worker,
    claimed.started_at,
    claimed.retry_count,
    claimed.max_retries,
    claimed.retry_reason,
    claimed.original_execution,
    claimed.top_level,
    claimed.created,
    claimed.updated
FROM claimed
ORDER BY claimed.created, claimed.id;
