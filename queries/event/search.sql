-- name: search(limit, trigger_ref, rule_ref, source, since, until, after_created, after_id)
-- Lists the events that match the filters given, newest first; refs may hold *.
-- @optional trigger_ref, rule_ref, source, since, until, after_created, after_id
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
    /* Only * is special; the characters that LIKE knows stand for themselves. */
    (
        :trigger_ref::text IS NULL
        OR event.trigger_ref LIKE
        replace(replace(replace(replace(:trigger_ref::text, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') ESCAPE '\'
    )
    AND (
        :rule_ref::text IS NULL
        OR event.rule_ref LIKE
        replace(replace(replace(replace(:rule_ref::text, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') ESCAPE '\'
    )
    AND (:source::bigint IS NULL OR event.source = :source::bigint)
    AND event.created >= COALESCE(:since::timestamptz, '-infinity')
    AND event.created < COALESCE(:until::timestamptz, 'infinity')
    AND (event.created, event.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY event.created DESC, event.id DESC
LIMIT :limit::bigint;
