-- name: list_by_pack(pack)
-- Lists the sensors of a pack by ref.
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
WHERE sensor.pack = :pack::bigint
ORDER BY sensor.ref;
