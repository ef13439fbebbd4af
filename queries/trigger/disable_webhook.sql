-- name: disable_webhook(id)^
-- Disables webhooks, forgets the key, and returns the trigger, or no row.
UPDATE attune.trigger
SET
    webhook_enabled = false,
    webhook_key = NULL,
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
