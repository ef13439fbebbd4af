-- name: list_healthy(max_age_seconds)
-- Lists the active workers with a recent heartbeat that do not report bad health, by name.
SELECT
    worker.id,
    worker.name,
    worker.worker_type,
    worker.runtime,
    worker.host,
    worker.port,
    worker.status,
    worker.capabilities,
    worker.meta,
    worker.last_heartbeat,
    worker.created,
    worker.updated
FROM attune.worker
WHERE
    worker.status = 'active'
    /* Ages, not times: a very large number of seconds is no valid time. */
    AND statement_timestamp() - worker.last_heartbeat < make_interval(secs => :max_age_seconds::double precision)
    AND COALESCE(worker.capabilities #>> '{health,status}', 'healthy') IN ('healthy', 'degraded')
ORDER BY worker.name, worker.id;
