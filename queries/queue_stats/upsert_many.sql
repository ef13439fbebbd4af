-- name: upsert_many(rows)
-- Sets all figures of many queues, null or left out: the default; returns them in the order of the objects given.
WITH item AS MATERIALIZED (
    SELECT
        item.action_id,
        COALESCE(item.queue_length, 0) AS queue_length,
        COALESCE(item.active_count, 0) AS active_count,
        COALESCE(item.max_concurrent, 1) AS max_concurrent,
        item.oldest_enqueued_at,
        COALESCE(item.total_enqueued, 0) AS total_enqueued,
        COALESCE(item.total_completed, 0) AS total_completed,
        element.place
    FROM jsonb_array_elements(:rows::jsonb) WITH ORDINALITY AS element (value, place)
    CROSS JOIN LATERAL jsonb_to_record(element.value) AS item (
        action_id bigint,
        queue_length integer,
        active_count integer,
        max_concurrent integer,
        oldest_enqueued_at timestamptz,
        total_enqueued bigint,
        total_completed bigint
    )
),

stored AS (
    INSERT INTO attune.queue_stats (
        action_id,
        queue_length,
        active_count,
        max_concurrent,
        oldest_enqueued_at,
        total_enqueued,
        total_completed,
        last_updated
    )
    SELECT
        item.action_id,
        item.queue_length,
        item.active_count,
        item.max_concurrent,
        item.oldest_enqueued_at,
        item.total_enqueued,
        item.total_completed,
        clock_timestamp()
    FROM item
    /* Every batch locks its rows in this one order, so that no two wait for each other. */
    ORDER BY item.action_id
    ON CONFLICT (action_id) DO UPDATE
        SET
            queue_length = excluded.queue_length,
            active_count = excluded.active_count,
            max_concurrent = excluded.max_concurrent,
            oldest_enqueued_at = excluded.oldest_enqueued_at,
            total_enqueued = excluded.total_enqueued,
            total_completed = excluded.total_completed,
            last_updated = clock_timestamp()
    RETURNING
        queue_stats.action_id,
        queue_stats.queue_length,
        queue_stats.active_count,
        queue_stats.max_concurrent,
        queue_stats.oldest_enqueued_at,
        queue_stats.total_enqueued,
        queue_stats.total_completed,
        queue_stats.last_updated
)

SELECT
    stored.action_id,
    stored.queue_length,
    stored.active_count,
    stored.max_concurrent,
    stored.oldest_enqueued_at,
    stored.total_enqueued,
    stored.total_completed,
    stored.last_updated
FROM stored
JOIN item ON item.action_id = stored.action_id
ORDER BY item.place;
