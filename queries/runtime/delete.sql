-- name: delete(id)!
-- Deletes the runtime with this id, with its sensors, and returns the number of runtimes deleted.
DELETE FROM attune.runtime
WHERE runtime.id = :id::bigint;
