-- name: list_enabled()
-- Lists the enabled sensors by ref.
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
WHERE sensor.enabled
ORDER BY sensor.ref;
