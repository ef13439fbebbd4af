-- name: find_by_id(id)^
-- Returns the notification with this id, or no row.
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
WHERE notification.id = :id::bigint;
