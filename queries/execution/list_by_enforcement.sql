-- name: list_by_enforcement(enforcement)
-- Lists the executions of an enforcement, newest first.
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
WHERE execution.enforcement = :enforcement::bigint
ORDER BY execution.created DESC, execution.id DESC;
