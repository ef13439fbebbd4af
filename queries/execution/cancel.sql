-- name: cancel(id)^
-- Cancels an execution that has not started, asks a running one to stop, and returns it; no row once it is finished.
UPDATE attune.execution
SET
    status = CASE
        WHEN execution.status IN ('running', 'canceling') THEN 'canceling'::attune.execution_status_enum
        ELSE 'cancelled'::attune.execution_status_enum
    END,
    /* Asking again must not make an execution that never stops look alive. */
    updated = CASE WHEN execution.status = 'canceling' THEN execution.updated ELSE clock_timestamp() END
WHERE
    execution.id = :id::bigint
    AND execution.status IN ('requested', 'scheduling', 'scheduled', 'running', 'canceling')
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
    execution.updated;
