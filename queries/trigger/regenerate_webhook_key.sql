-- name: regenerate_webhook_key(id)^
-- Replaces the webhook key and returns the trigger, or no row when there is none or its webhooks are disabled.
UPDATE attune.trigger
SET
    /* The server draws a version 4 UUID from its strong random source; pgcrypto is not needed. */
    webhook_key = 'wh_' || replace(gen_random_uuid()::text, '-', ''),
    updated = clock_timestamp()
WHERE trigger.id = :id::bigint AND trigger.webhook_enabled
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
