-- name: claim_by_id(id, executor)^
-- Moves one requested execution to scheduling and returns it, or no row; of concurrent callers one gets it.
-- @optional executor
UPDATE attune.execution
SET
    status = 'scheduling',
    executor = COALESCE(:executor::bigint, execution.executor),
    updated = clock_timestamp()
WHERE execution.id = :id::bigint AND execution.status = 'requested'
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
