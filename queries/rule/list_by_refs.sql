-- name: list_by_refs(refs)
-- Lists the rules with one of these refs, by ref; refs that none has are passed over.
SELECT
    rule.id,
    rule.ref,
    rule.pack,
    rule.pack_ref,
    rule.label,
    rule.description,
    rule.action,
    rule.action_ref,
    rule.trigger,
    rule.trigger_ref,
    rule.conditions,
    rule.action_params,
    rule.trigger_params,
    rule.enabled,
    rule.is_adhoc,
    rule.created,
    rule.updated
FROM attune.rule
WHERE rule.ref = ANY(:refs::text[])
ORDER BY rule.ref;
