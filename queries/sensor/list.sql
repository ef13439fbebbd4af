-- name: list(limit, after_ref)
-- Lists the sensors by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE sensor.ref > COALESCE(:after_ref::text, '')
ORDER BY sensor.ref
LIMIT :limit::bigint;
