-- name: update(id, label, description, entrypoint, enabled, param_schema, given)^
-- Changes the columns that were given and returns the sensor, or no row.
-- @optional label, description, entrypoint, enabled, param_schema
WITH changed AS (
    UPDATE attune.sensor
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE sensor.label END,
        description = CASE WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE sensor.description END,
        entrypoint = CASE WHEN 'entrypoint' = ANY(:given::text[]) THEN :entrypoint::text ELSE sensor.entrypoint END,
        enabled = CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE sensor.enabled END,
        param_schema = CASE
            WHEN 'param_schema' = ANY(:given::text[]) THEN :param_schema::jsonb ELSE sensor.param_schema
        END,
        updated = clock_timestamp()
    WHERE sensor.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        sensor.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.label,
    changed.description,
    changed.entrypoint,
    changed.runtime,
    changed.runtime_ref,
    changed.trigger,
    changed.trigger_ref,
    changed.enabled,
    changed.param_schema,
    changed.config,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE sensor.id = :id::bigint AND cardinality(:given::text[]) = 0;
