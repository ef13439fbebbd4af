-- name: find_by_id(id)^
-- Returns the sensor with this id, or no row.
SELECT
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
    sensor.updated
FROM attune.sensor
WHERE sensor.id = :id::bigint;
