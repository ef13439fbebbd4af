-- name: set_enabled(id, enabled)^
-- Enables or disables the trigger and returns it, or no row.
UPDATE attune.trigger
SET
    enabled = :enabled::boolean,
    updated = clock_timestamp()
WHERE trigger.id = :id::bigint
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
