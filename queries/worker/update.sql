-- name: update(id, name, host, port, status, capabilities, meta, given)^
-- Changes the columns that were given and returns the worker, or no row.
-- @optional name, host, port, status, capabilities, meta
WITH changed AS (
    UPDATE attune.worker
    SET
        name = CASE WHEN 'name' = ANY(:given::text[]) THEN :name::text ELSE worker.name END,
        host = CASE WHEN 'host' = ANY(:given::text[]) THEN :host::text ELSE worker.host END,
        port = CASE WHEN 'port' = ANY(:given::text[]) THEN :port::integer ELSE worker.port END,
        status = CASE
            WHEN 'status' = ANY(:given::text[]) THEN :status::attune.worker_status_enum ELSE worker.status
        END,
        capabilities = CASE
            WHEN 'capabilities' = ANY(:given::text[]) THEN :capabilities::jsonb ELSE worker.capabilities
        END,
        meta = CASE WHEN 'meta' = ANY(:given::text[]) THEN :meta::jsonb ELSE worker.meta END,
        updated = clock_timestamp()
    WHERE worker.id = :id::bigint AND cardinality(:given::text[]) > 0
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
    changed.id,
    changed.name,
    changed.worker_type,
    changed.runtime,
    changed.host,
    changed.port,
    changed.status,
    changed.capabilities,
    changed.meta,
    changed.last_heartbeat,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE worker.id = :id::bigint AND cardinality(:given::text[]) = 0;
