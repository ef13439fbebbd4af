-- name: reclaim_stale(status, older_than_seconds, limit)
-- Refreshes the stalest executions in an unfinished status and returns them, stalest first, each to one caller only.
WITH stale AS MATERIALIZED (
    SELECT
        execution.id,
        execution.updated
    FROM attune.execution
    WHERE
        execution.status = :status::attune.execution_status_enum
        /* What is finished is never stale; saying so lets any plan use the index of the others. */
        AND execution.status IN ('requested', 'scheduling', 'scheduled', 'running', 'canceling')
        AND execution.updated < statement_timestamp() - make_interval(secs => :older_than_seconds::float8)
    ORDER BY execution.updated, execution.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another caller is taking are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

reclaimed AS (
    UPDATE attune.execution
    SET updated = clock_timestamp()
    WHERE execution.id = ANY(ARRAY(SELECT stale.id FROM stale))
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
    reclaimed.id,
    reclaimed.action,
    reclaimed.action_ref,
    reclaimed.config,
    reclaimed.parent,
    reclaimed.enforcement,
    reclaimed.executor,
    reclaimed.status,
    reclaimed.result,
    reclaimed.worker,
    reclaimed.started_at,
    reclaimed.retry_count,
    reclaimed.max_retries,
    reclaimed.retry_reason,
    reclaimed.original_execution,
    reclaimed.top_level,
    reclaimed.created,
    reclaimed.updated
FROM reclaimed
JOIN stale ON stale.id = reclaimed.id
ORDER BY stale.updated, stale.id;
