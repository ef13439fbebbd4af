-- name: mark_stale_inactive(max_age_seconds)
-- Sets the active workers without a recent heartbeat to inactive and returns them, by name.
WITH stale AS MATERIALIZED (
    SELECT worker.id
    FROM attune.worker
    WHERE
        worker.status = 'active'
        AND (
            worker.last_heartbeat IS NULL
            /* Ages, not times: a very large number of seconds is no valid time. */
            OR statement_timestamp() - worker.last_heartbeat
            >= make_interval(secs => :max_age_seconds::double precision)
        )
    ORDER BY worker.id
    /* A locked worker is sending its heartbeat, or another caller is marking it. */
    FOR NO KEY UPDATE SKIP LOCKED
),

marked AS (
    UPDATE attune.worker
    SET
        status = 'inactive',
        updated = clock_timestamp()
    FROM stale
    WHERE worker.id = stale.id
    RETURNING
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
)

SELECT
    marked.id,
    marked.name,
    marked.worker_type,
    marked.runtime,
    marked.host,
    marked.port,
    marked.status,
    marked.capabilities,
    marked.meta,
    marked.last_heartbeat,
    marked.created,
    marked.updated
FROM marked
ORDER BY marked.name, marked.id;
