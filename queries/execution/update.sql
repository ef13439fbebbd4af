-- name: update(id, executor, status, result, worker, started_at, retry_count, max_retries, retry_reason, original_execution, given)^
-- Changes the columns that were given, whatever the lifecycle says, and returns the execution, or no row.
-- @optional executor, status, result, worker, started_at, retry_count, max_retries, retry_reason, original_execution
WITH changed AS (
    UPDATE attune.execution
    SET
        executor = CASE WHEN 'executor' = ANY(:given::text[]) THEN :executor::bigint ELSE execution.executor END,
        status = CASE
            WHEN 'status' = ANY(:given::text[]) THEN :status::attune.execution_status_enum ELSE execution.status
        END,
        result = CASE WHEN 'result' = ANY(:given::text[]) THEN :result::jsonb ELSE execution.result END,
        worker = CASE WHEN 'worker' = ANY(:given::text[]) THEN :worker::bigint ELSE execution.worker END,
        started_at = CASE
            WHEN 'started_at' = ANY(:given::text[]) THEN :started_at::timestamptz ELSE execution.started_at
        END,
        retry_count = CASE
            WHEN 'retry_count' = ANY(:given::text[]) THEN :retry_count::integer ELSE execution.retry_count
        END,
        max_retries = CASE
            WHEN 'max_retries' = ANY(:given::text[]) THEN :max_retries::integer ELSE execution.max_retries
        END,
        retry_reason = CASE
            WHEN 'retry_reason' = ANY(:given::text[]) THEN :retry_reason::text ELSE execution.retry_reason
        END,
        original_execution = CASE
            WHEN 'original_execution' = ANY(:given::text[]) THEN :original_execution::bigint
            ELSE execution.original_execution
        END,
        updated = clock_timestamp()
    WHERE execution.id = :id::bigint AND cardinality(:given::text[]) > 0
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
    changed.id,
    changed.action,
    changed.action_ref,
    changed.config,
    changed.parent,
    changed.enforcement,
    changed.executor,
    changed.status,
    changed.result,
    changed.worker,
    changed.started_at,
    changed.retry_count,
    changed.max_retries,
    changed.retry_reason,
    changed.original_execution,
    changed.top_level,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE execution.id = :id::bigint AND cardinality(:given::text[]) = 0;
