-- name: set_enabled(id, enabled)^
-- Enables or disables the sensor and returns it, or no row.
UPDATE attune.sensor
SET
    enabled = :enabled::boolean,
    updated = clock_timestamp()
WHERE sensor.id = :id::bigint
RETURNING
    sensor.id,
    sensor.ref,
    sensor.pack,
    sensor.pack_ref,
    sensor.label,
    sensor.description,
    sensor.entrypoint,
    sensor.runtime,
    sensor.runtime_ref,
    sensor.trigger,
    sensor.trigger_ref,
    sensor.enabled,
    sensor.param_schema,
    sensor.config,
    sensor.created,
    sensor.updated;
