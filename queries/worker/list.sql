-- name: list(limit)
-- Lists the workers by name.
-- @optional limit
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
ORDER BY worker.name, worker.id
LIMIT :limit::bigint;
