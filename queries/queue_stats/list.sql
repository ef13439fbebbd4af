-- name: list()
-- Lists the figures of all queues, latest change first.
SELECT -- noqa: AT09
    queue_stats.action_id,
    queue_stats.queue_length,
    queue_stats.active_count,
    queue_stats.max_concurrent,
    queue_stats.oldest_enqueued_at,
    queue_stats.total_enqueued,
    queue_stats.total_completed,
    queue_stats.last_updated
FROM attune.queue_stats
ORDER BY queue_stats.last_updated DESC, queue_stats.action_id DESC;
