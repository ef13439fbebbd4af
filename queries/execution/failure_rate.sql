-- name: failure_rate(since, until)^
-- Counts what completed, failed or timed out from since until before until; the rate is in per cent, 0 of nothing.
SELECT
    counted.completed,
    counted.failed,
    counted.timeout,
    counted.total,
    COALESCE(100.0::float8 * (counted.failed + counted.timeout) / NULLIF(counted.total, 0), 0) AS failure_rate
FROM (
    SELECT
        count(*) FILTER (WHERE execution.status = 'completed') AS completed,
        count(*) FILTER (WHERE execution.status = 'failed') AS failed,
        count(*) FILTER (WHERE execution.status = 'timeout') AS timeout,
        count(*) AS total
    FROM attune.execution
    WHERE
        execution.status IN ('completed', 'failed', 'timeout')
        AND execution.updated >= :since::timestamptz
        AND execution.updated < :until::timestamptz
) AS counted;
