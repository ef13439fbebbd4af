-- name: find_by_ref(ref)^
-- Returns the rule with this ref, or no row.
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
WHERE rule.ref = :ref::text;
