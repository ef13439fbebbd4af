-- name: delete(id)!
-- Deletes the work queue with this id, with its items, and returns the number of queues deleted.
DELETE FROM attune.work_queue
WHERE work_queue.id = :id::bigint;
