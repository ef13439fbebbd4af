-- name: list(limit, after_ref)
-- Lists the rules by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE rule.ref > COALESCE(:after_ref::text, '')
ORDER BY rule.ref
LIMIT :limit::bigint;
