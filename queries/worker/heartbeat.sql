-- name: heartbeat(id)^
-- Notes that the worker was heard of and returns it, or no row; its status stays.
UPDATE attune.worker
SET
    last_heartbeat = clock_timestamp(),
    updated = clock_timestamp()
WHERE worker.id = :id::bigint
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
    worker.updated;
