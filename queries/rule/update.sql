-- name: update(id, label, description, conditions, action_params, trigger_params, enabled, given)^
-- Changes the columns that were given and returns the rule, or no row.
-- @optional label, description, conditions, action_params, trigger_params, enabled
WITH changed AS (
    UPDATE attune.rule
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE rule.label END,
        description = CASE WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE rule.description END,
        conditions = CASE WHEN 'conditions' = ANY(:given::text[]) THEN :conditions::jsonb ELSE rule.conditions END,
        action_params = CASE
            WHEN 'action_params' = ANY(:given::text[]) THEN :action_params::jsonb ELSE rule.action_params
        END,
        trigger_params = CASE
            WHEN 'trigger_params' = ANY(:given::text[]) THEN :trigger_params::jsonb ELSE rule.trigger_params
        END,
        enabled = CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE rule.enabled END,
        updated = clock_timestamp()
    WHERE rule.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        rule.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.label,
    changed.description,
    changed.action,
    changed.action_ref,
    changed.trigger,
    changed.trigger_ref,
    changed.conditions,
    changed.action_params,
    changed.trigger_params,
    changed.enabled,
    changed.is_adhoc,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE rule.id = :id::bigint AND cardinality(:given::text[]) = 0;
