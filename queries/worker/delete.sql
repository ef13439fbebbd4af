-- name: delete(id)!
-- Deletes the worker with this id and returns the number deleted.
DELETE FROM attune.worker
WHERE worker.id = :id::bigint;
