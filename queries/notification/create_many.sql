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
    FROM ROWS FROM (
        jsonb_to_recordset(:rows::jsonb) AS (
            channel text,
            entity_type text,
            entity text,
            activity text,
            state attune.notification_status_enum,
            content jsonb
        )
    ) WITH ORDINALITY AS listed
    ORDER BY listed.ordinality
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

TABLE inserted
ORDER BY id;
