-- name: revert_to_requested(id)^
-- Moves a scheduling or scheduled execution back to requested, without worker and executor, and returns it, or no row.
UPDATE attune.execution
SET
    status = 'requested',
    worker = NULL,
    executor = NULL,
    updated = clock_timestamp()
WHERE execution.id = :id::bigint AND execution.status IN ('scheduling', 'scheduled')
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
