-- name: create(rule_ref, trigger_ref, payload, rule, config, event, status, condition, conditions, given)^
-- Adds an enforcement and returns it.
-- @optional rule, config, event, status, condition, conditions
INSERT INTO attune.enforcement (
    rule,
    rule_ref,
    trigger_ref,
    config,
    event,
    status,
    payload,
    condition,
    conditions
) VALUES (
    :rule::bigint,
    :rule_ref::text,
    :trigger_ref::text,
    :config::jsonb,
    :event::bigint,
    CASE WHEN 'status' = ANY(:given::text[]) THEN :status::attune.enforcement_status_enum ELSE 'created' END,
    :payload::jsonb,
    CASE WHEN 'condition' = ANY(:given::text[]) THEN :condition::attune.enforcement_condition_enum ELSE 'all' END,
    CASE WHEN 'conditions' = ANY(:given::text[]) THEN :conditions::jsonb ELSE '[]' END
)
RETURNING
    enforcement.id,
    enforcement.rule,
    enforcement.rule_ref,
    enforcement.trigger_ref,
    enforcement.config,
    enforcement.event,
    enforcement.status,
    enforcement.payload,
    enforcement.condition,
    enforcement.conditions,
    enforcement.resolved_at,
    enforcement.created,
    enforcement.updated;
