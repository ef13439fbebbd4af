-- name: list_by_pack(pack)
-- Lists the triggers of a pack by ref.
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
WHERE trigger.pack = :pack::bigint
ORDER BY trigger.ref;
