-- name: find_by_rule_and_event(rule, event)^
-- Returns the enforcement of a rule for an event, or no row.
SELECT
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
    enforcement.updated
FROM attune.enforcement
WHERE enforcement.rule = :rule::bigint AND enforcement.event = :event::bigint;
