-- name: list_by_type(worker_type)
-- Lists the workers of this type, by name.
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
WHERE worker.worker_type = :worker_type::attune.worker_type_enum
ORDER BY worker.name, worker.id;
