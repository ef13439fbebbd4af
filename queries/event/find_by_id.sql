-- name: find_by_id(id)^
-- Returns the event with this id, or no row.
SELECT
    event.id,
    event.trigger,
    event.trigger_ref,
    event.config,
    event.payload,
    event.source,
    event.source_ref,
    event.rule,
    event.rule_ref,
    event.created,
    event.updated
FROM attune.event
WHERE event.id = :id::bigint;
