-- name: create(channel, entity_type, entity, activity, state, content, given)^
-- Adds a notification and returns it.
-- @optional state, content
INSERT INTO attune.notification (
    channel,
    entity_type,
    entity,
    activity,
    state,
    content
) VALUES (
    :channel::text,
    :entity_type::text,
    :entity::text,
    :activity::text,
    CASE WHEN 'state' = ANY(:given::text[]) THEN :state::attune.notification_status_enum ELSE 'created' END,
    :content::jsonb
)
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
