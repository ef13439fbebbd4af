-- name: list_by_status(status, limit, after_created, after_id)
-- Lists the enforcements in a status, newest first.
-- @optional after_created, after_id
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
WHERE
    enforcement.status = :status::attune.enforcement_status_enum
    AND (enforcement.created, enforcement.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY enforcement.created DESC, enforcement.id DESC
LIMIT :limit::bigint;
