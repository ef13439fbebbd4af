-- name: list_by_state(state, limit, after_created, after_id)
-- Lists a page of the notifications in a state, newest first, after the given row where there is one.
-- @optional after_created, after_id
SELECT
    notification.id,
    notification.channel,
    notification.entity_type,
    notification.entity,
    notification.activity,
    notification.state,
    notification.content,
    notification.created,
    notification.updated
FROM attune.notification
WHERE
    notification.state = :state::attune.notification_status_enum
    AND (notification.created, notification.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY notification.created DESC, notification.id DESC
LIMIT :limit::bigint;
