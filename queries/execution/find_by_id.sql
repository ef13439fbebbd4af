-- name: find_by_id(id)^
-- Returns the execution with this id, or no row.
SELECT
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
FROM attune.execution
WHERE execution.id = :id::bigint;
