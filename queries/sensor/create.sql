-- name: create(ref, label, description, entrypoint, runtime, runtime_ref, trigger, trigger_ref, enabled, pack, pack_ref, param_schema, config)^
-- Adds a sensor and returns it.
-- @optional pack, pack_ref, param_schema, config
INSERT INTO attune.sensor (
    ref,
    pack,
    pack_ref,
    label,
    description,
    entrypoint,
    runtime,
    runtime_ref,
    trigger,
    trigger_ref,
    enabled,
    param_schema,
    config
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :label::text,
    :description::text,
    :entrypoint::text,
    :runtime::bigint,
    :runtime_ref::text,
    :trigger::bigint,
    :trigger_ref::text,
    :enabled::boolean,
    :param_schema::jsonb,
    :config::jsonb
)
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
