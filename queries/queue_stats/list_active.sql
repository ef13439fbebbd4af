-- name: list_active()
-- Lists the figures of the queues in which something waits or runs, latest change first.
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
WHERE queue_stats.queue_length > 0 OR queue_stats.active_count > 0
ORDER BY queue_stats.last_updated DESC, queue_stats.action_id DESC;
