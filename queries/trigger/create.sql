-- name: create(ref, label, pack, pack_ref, description, enabled, param_schema, out_schema, is_adhoc, given)^
-- Adds a trigger, with webhooks disabled, and returns it.
-- @optional pack, pack_ref, description, enabled, param_schema, out_schema, is_adhoc
INSERT INTO attune.trigger (
    ref,
    pack,
    pack_ref,
    label,
    description,
    enabled,
    param_schema,
    out_schema,
    is_adhoc
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :label::text,
    :description::text,
    CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE true END,
    :param_schema::jsonb,
    :out_schema::jsonb,
    CASE WHEN 'is_adhoc' = ANY(:given::text[]) THEN :is_adhoc::boolean ELSE false END
)
RETURNING
    trigger.id,
    trigger.ref,
    trigger.pack,
    trigger.pack_ref,
    trigger.label,
    trigger.description,
    trigger.enabled,
    trigger.param_schema,
    trigger.out_schema,
    trigger.webhook_enabled,
    trigger.webhook_key,
    trigger.webhook_config,
    trigger.is_adhoc,
    trigger.created,
    trigger.updated;
