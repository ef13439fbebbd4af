-- name: upsert(action_id, queue_length, active_count, max_concurrent, oldest_enqueued_at, total_enqueued, total_completed, given)^
-- Sets all figures of an action's queue, those left out to their defaults, and returns them.
-- @optional queue_length, active_count, max_concurrent, oldest_enqueued_at, total_enqueued, total_completed
INSERT INTO attune.queue_stats (
    action_id,
    queue_length,
    active_count,
    max_concurrent,
    oldest_enqueued_at,
    total_enqueued,
    total_completed,
    last_updated
) VALUES (
    :action_id::bigint,
    CASE WHEN 'queue_length' = ANY(:given::text[]) THEN :queue_length::integer ELSE 0 END,
    CASE WHEN 'active_count' = ANY(:given::text[]) THEN :active_count::integer ELSE 0 END,
    CASE WHEN 'max_concurrent' = ANY(:given::text[]) THEN :max_concurrent::integer ELSE 1 END,
    :oldest_enqueued_at::timestamptz,
    CASE WHEN 'total_enqueued' = ANY(:given::text[]) THEN :total_enqueued::bigint ELSE 0 END,
    CASE WHEN 'total_completed' = ANY(:given::text[]) THEN :total_completed::bigint ELSE 0 END,
    clock_timestamp()
)
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
    queue_stats.last_updated;
