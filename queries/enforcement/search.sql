-- name: search(limit, rule, event, status, trigger_ref, rule_ref, after_created, after_id)
-- Lists the enforcements that match the filters given, newest first.
-- @optional rule, event, status, trigger_ref, rule_ref, after_created, after_id
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
    (:rule::bigint IS NULL OR enforcement.rule = :rule::bigint)
    AND (:event::bigint IS NULL OR enforcement.event = :event::bigint)
    AND (
        :status::attune.enforcement_status_enum IS NULL
        OR enforcement.status = :status::attune.enforcement_status_enum
    )
    AND (:trigger_ref::text IS NULL OR enforcement.trigger_ref = :trigger_ref::text)
    AND (:rule_ref::text IS NULL OR enforcement.rule_ref = :rule_ref::text)
    AND (enforcement.created, enforcement.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY enforcement.created DESC, enforcement.id DESC
LIMIT :limit::bigint;
