-- name: update(id, state, content, given)^
-- Changes the columns that were given and returns the notification, or no row.
-- @optional state, content
WITH changed AS (
    UPDATE attune.notification
    SET
        state = CASE
            WHEN 'state' = ANY(:given::text[]) THEN :state::attune.notification_status_enum ELSE notification.state
        END,
        content = CASE WHEN 'content' = ANY(:given::text[]) THEN :content::jsonb ELSE notification.content END,
        updated = clock_timestamp()
    WHERE notification.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        notification.id,
        notification.channel,
        notification.entity_type,
        notification.entity,
        notification.activity,
        notification.state,
        notification.content,
        notification.created,
        notification.updated
)

SELECT
    changed.id,
    changed.channel,
    changed.entity_type,
    changed.entity,
    changed.activity,
    changed.state,
    changed.content,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE notification.id = :id::bigint AND cardinality(:given::text[]) = 0;
