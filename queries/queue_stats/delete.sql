-- name: delete(action_id)!
-- Deletes the figures of an action's queue and returns the number of rows deleted.
DELETE FROM attune.queue_stats
WHERE queue_stats.action_id = :action_id::bigint;
