-- name: list_by_trigger_ref(trigger_ref, limit, after_created, after_id)
-- Lists the events of a trigger by its ref, newest first, also when the trigger is gone.
-- @optional after_created, after_id
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
WHERE
    event.trigger_ref = :trigger_ref::text
    AND (event.created, event.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY event.created DESC, event.id DESC
LIMIT :limit::bigint;
