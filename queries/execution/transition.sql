-- name: transition(id, from_status, to_status, result, executor, given)^
-- Moves an execution from one status to another and returns it; no row if it is elsewhere or the lifecycle forbids it.
-- @optional result, executor
UPDATE attune.execution
SET
    status = :to_status::attune.execution_status_enum,
    result = CASE WHEN 'result' = ANY(:given::text[]) THEN :result::jsonb ELSE execution.result END,
    executor = CASE WHEN 'executor' = ANY(:given::text[]) THEN :executor::bigint ELSE execution.executor END,
    started_at = CASE
        WHEN :to_status::attune.execution_status_enum = 'running'
            THEN COALESCE(execution.started_at, clock_timestamp())
        ELSE execution.started_at
    END,
    updated = clock_timestamp()
WHERE
    execution.id = :id::bigint
    AND execution.status = :from_status::attune.execution_status_enum
    AND attune.execution_may_become(
        :from_status::attune.execution_status_enum, :to_status::attune.execution_status_enum
    )
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
