-- name: list_by_status(status)
-- Lists the workers with this status, by name.
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
WHERE worker.status = :status::attune.worker_status_enum
ORDER BY worker.name, worker.id;
