-- name: create(action_ref, action, config, parent, enforcement, executor, status, result, worker, started_at, retry_count, max_retries, retry_reason, original_execution, given)^
-- Adds an execution and returns it.
-- @optional action, config, parent, enforcement, executor, status, result, worker, started_at
-- @optional retry_count, max_retries, retry_reason, original_execution
INSERT INTO attune.execution (
    action,
    action_ref,
    config,
    parent,
    enforcement,
    executor,
    status,
    result,
    worker,
    started_at,
    retry_count,
    max_retries,
    retry_reason,
    original_execution
) VALUES (
    :action::bigint,
    :action_ref::text,
    :config::jsonb,
    :parent::bigint,
    :enforcement::bigint,
    :executor::bigint,
    CASE WHEN 'status' = ANY(:given::text[]) THEN :status::attune.execution_status_enum ELSE 'requested' END,
    :result::jsonb,
    :worker::bigint,
    :started_at::timestamptz,
    CASE WHEN 'retry_count' = ANY(:given::text[]) THEN :retry_count::integer ELSE 0 END,
    :max_retries::integer,
    :retry_reason::text,
    :original_execution::bigint
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
