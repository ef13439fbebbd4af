-- name: list_by_refs(refs)
-- Lists the triggers with one of these refs, by ref; refs that none has are passed over.
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
WHERE trigger.ref = ANY(:refs::text[])
ORDER BY trigger.ref;
