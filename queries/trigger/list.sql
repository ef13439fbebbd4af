-- name: list(limit, after_ref)
-- Lists the triggers by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE trigger.ref > COALESCE(:after_ref::text, '')
ORDER BY trigger.ref
LIMIT :limit::bigint;
