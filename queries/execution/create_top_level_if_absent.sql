-- name: create_top_level_if_absent(enforcement, action_ref, action, config, executor, status, result, worker, started_at, retry_count, max_retries, retry_reason, given)^
-- Returns the top-level execution of an enforcement and whether this call added it; one that was there stays as it is.
-- @optional action, config, executor, status, result, worker, started_at, retry_count, max_retries, retry_reason
INSERT INTO attune.execution (
    action,
    action_ref,
    config,
    enforcement,
    executor,
    status,
    result,
    worker,
    started_at,
    retry_count,
    max_retries,
    retry_reason
) VALUES (
    :action::bigint,
    :action_ref::text,
    :config::jsonb,
    :enforcement::bigint,
    :executor::bigint,
    CASE WHEN 'status' = ANY(:given::text[]) THEN :status::attune.execution_status_enum ELSE 'requested' END,
    :result::jsonb,
    :worker::bigint,
    :started_at::timestamptz,
    CASE WHEN 'retry_count' = ANY(:given::text[]) THEN :retry_count::integer ELSE 0 END,
    :max_retries::integer,
    :retry_reason::text
)
/* Not DO NOTHING: that returns no row when the other row was committed after this statement began. */
ON CONFLICT (enforcement) WHERE top_level AND enforcement IS NOT NULL DO UPDATE
    SET action_ref = execution.action_ref
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
    execution.updated,
    /* Only a row that this statement locked rather than made has an xmax. */
    (execution.xmax = 0) AS inserted;
