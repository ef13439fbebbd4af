-- name: transition(id, from_status, to_status)^
-- Moves an enforcement from one status to another and returns it; no row when it is in another status than the first.
UPDATE attune.enforcement
SET
    status = :to_status::attune.enforcement_status_enum,
    updated = clock_timestamp()
WHERE enforcement.id = :id::bigint AND enforcement.status = :from_status::attune.enforcement_status_enum
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
