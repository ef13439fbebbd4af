-- name: transition(id, from_state, to_state)^
-- Changes the state if it still is the expected one and returns the notification, or no row.
UPDATE attune.notification
SET
    state = :to_state::attune.notification_status_enum,
    updated = clock_timestamp()
WHERE notification.id = :id::bigint AND notification.state = :from_state::attune.notification_status_enum
RETURNING
    notification.id,
    notification.channel,
    notification.entity_type,
    notification.entity,
    notification.activity,
    notification.state,
    notification.content,
    notification.created,
    notification.updated;
