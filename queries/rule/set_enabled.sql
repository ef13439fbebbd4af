-- name: set_enabled(id, enabled)^
-- Enables or disables the rule and returns it, or no row.
UPDATE attune.rule
SET
    enabled = :enabled::boolean,
    updated = clock_timestamp()
WHERE rule.id = :id::bigint
RETURNING
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
    rule.updated;
