-- name: find_by_id(id)^
-- Returns the enforcement with this id, or no row.
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
WHERE enforcement.id = :id::bigint;
