-- name: list(limit, after_created, after_id)
-- Lists the executions, newest first.
-- @optional after_created, after_id
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
WHERE
    (execution.created, execution.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY execution.created DESC, execution.id DESC
LIMIT :limit::bigint;
