-- name: create_if_absent(rule_ref, trigger_ref, payload, rule, config, event, status, condition, conditions, given)^
-- Returns the enforcement of a rule for an event and whether this call added it; one that was there stays as it is.
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
/* Not DO NOTHING: that returns no row when the other row was committed after this statement began. */
ON CONFLICT (rule, event) WHERE rule IS NOT NULL AND event IS NOT NULL DO UPDATE
    SET rule_ref = enforcement.rule_ref
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
    enforcement.updated,
    /* Only a row that this statement locked rather than made has an xmax. */
    (enforcement.xmax = 0) AS inserted;
