-- name: find_by_action(action_id)^
-- Returns the figures of an action's queue, or no row.
SELECT
    queue_stats.action_id,
    queue_stats.queue_length,
    queue_stats.active_count,
    queue_stats.max_concurrent,
    queue_stats.oldest_enqueued_at,
    queue_stats.total_enqueued,
    queue_stats.total_completed,
    queue_stats.last_updated
FROM attune.queue_stats
WHERE queue_stats.action_id = :action_id::bigint;
