-- name: claim(limit, channel)
-- Sets the oldest created or queued notifications, of a channel if given, to processing; returns them, oldest first.
-- @optional channel
WITH next_of_any AS MATERIALIZED (
    SELECT notification.id
    FROM attune.notification
    WHERE :channel::text IS NULL AND notification.state IN ('created', 'queued')
    ORDER BY notification.created, notification.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another claim is taking are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

/* A branch of its own, so that the index on channel serves it; either branch finds nothing when it is not meant. */
next_of_channel AS MATERIALIZED (
    SELECT notification.id
    FROM attune.notification
    WHERE notification.channel = :channel::text AND notification.state IN ('created', 'queued')
    ORDER BY notification.created, notification.id
    LIMIT greatest(:limit::bigint, 0)
    FOR UPDATE SKIP LOCKED
),

next AS MATERIALIZED (
    SELECT next_of_any.id
    FROM next_of_any
    UNION ALL
    SELECT next_of_channel.id
    FROM next_of_channel
),

claimed AS (
    UPDATE attune.notification
    SET
        state = 'processing',
        updated = clock_timestamp()
    /* An array, not a join, which would read the whole table when planned without knowing the limit. */
    WHERE notification.id = ANY(ARRAY(SELECT next.id FROM next))
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
    claimed.id,
    claimed.channel,
    claimed.entity_type,
    claimed.entity,
    claimed.activity,
    claimed.state,
    claimed.content,
    claimed.created,
    claimed.updated
FROM claimed
ORDER BY claimed.created, claimed.id;
