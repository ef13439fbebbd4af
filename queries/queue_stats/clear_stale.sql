-- name: clear_stale(older_than_seconds)!
-- Deletes the figures of idle queues that have not changed for so long and returns the number deleted.
DELETE FROM attune.queue_stats
WHERE
    queue_stats.queue_length = 0
    AND queue_stats.active_count = 0
    AND extract(EPOCH FROM statement_timestamp() - queue_stats.last_updated) > :older_than_seconds::double precision;
