-- name: list_by_event(event)
-- Lists the enforcements of an event, newest first.
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
WHERE enforcement.event = :event::bigint
ORDER BY enforcement.created DESC, enforcement.id DESC;
