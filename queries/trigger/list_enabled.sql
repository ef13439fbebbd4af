-- name: list_enabled()
-- Lists the enabled triggers by ref.
SELECT
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
    trigger.webhook_key, -- noqa: AT17
    trigger.webhook_config,
    trigger.is_adhoc,
    trigger.created,
    trigger.updated
FROM attune.trigger
WHERE trigger.enabled
ORDER BY trigger.ref;
