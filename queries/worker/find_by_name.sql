-- name: find_by_name(name)^
-- Returns the worker with this name, the oldest of several, or no row.
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
WHERE worker.name = :name::text
ORDER BY worker.id
LIMIT 1;
