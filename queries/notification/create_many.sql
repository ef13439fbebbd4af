-- name: create_many(rows)
-- Adds a notification per object of a JSON array and returns them in its order; a key missing or null is the default.
WITH wanted AS MATERIALIZED (
    SELECT
        /* Ids are drawn in the order of the array and give the order of the result: INSERT itself promises none. */
        nextval('attune.notification_id_seq') AS id,
        listed.channel,
        listed.entity_type,
        listed.entity,
        listed.activity,
        listed.state,
        listed.content
    FROM jsonb_array_elements(:rows::jsonb) WITH ORDINALITY AS element (value, place)
    CROSS JOIN
        LATERAL jsonb_to_record(element.value)
            AS listed (
                channel text,
                entity_type text,
                entity text,
                activity text,
                state attune.notification_status_enum,
                content jsonb
            )
    ORDER BY element.place
),

inserted AS (
    INSERT INTO attune.notification (
        id,
        channel,
        entity_type,
        entity,
        activity,
        state,
        content
    )
    SELECT
        wanted.id,
        wanted.channel,
        wanted.entity_type,
        wanted.entity,
        wanted.activity,
        COALESCE(wanted.state, 'created'),
        wanted.content
    FROM wanted
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
    inserted.id,
    inserted.channel,
    inserted.entity_type,
    inserted.entity,
    inserted.activity,
    inserted.state,
    inserted.content,
    inserted.created,
    inserted.updated
FROM inserted
ORDER BY inserted.id;
