-- name: create(ref, pack, pack_ref, label, description, action_ref, trigger_ref, enabled, action, trigger, conditions, action_params, trigger_params, is_adhoc, given)^
-- Adds a rule, linked to its action and trigger where they are given, and returns it.
-- @optional action, trigger, conditions, action_params, trigger_params, is_adhoc
INSERT INTO attune.rule (
    ref,
    pack,
    pack_ref,
    label,
    description,
    action,
    action_ref,
    trigger,
    trigger_ref,
    conditions,
    action_params,
    trigger_params,
    enabled,
    is_adhoc
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :label::text,
    :description::text,
    :action::bigint,
    :action_ref::text,
    :trigger::bigint,
    :trigger_ref::text,
    CASE WHEN 'conditions' = ANY(:given::text[]) THEN :conditions::jsonb ELSE '[]'::jsonb END,
    CASE WHEN 'action_params' = ANY(:given::text[]) THEN :action_params::jsonb ELSE '{}'::jsonb END,
    CASE WHEN 'trigger_params' = ANY(:given::text[]) THEN :trigger_params::jsonb ELSE '{}'::jsonb END,
    :enabled::boolean,
    CASE WHEN 'is_adhoc' = ANY(:given::text[]) THEN :is_adhoc::boolean ELSE false END
)
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
