-- name: create(name, worker_type, runtime, host, port, status, capabilities, meta, given)^
-- Adds a worker, inactive unless another status is given, and returns it.
-- @optional runtime, host, port, status, capabilities, meta
INSERT INTO attune.worker (
    name,
    worker_type,
    runtime,
    host,
    port,
    status,
    capabilities,
    meta
) VALUES (
    :name::text,
    :worker_type::attune.worker_type_enum,
    :runtime::bigint,
    :host::text,
    :port::integer,
    CASE
        WHEN 'status' = ANY(:given::text[]) THEN :status::attune.worker_status_enum
        ELSE 'inactive'::attune.worker_status_enum
    END,
    :capabilities::jsonb,
    :meta::jsonb
)
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
