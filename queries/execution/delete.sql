-- name: delete(id)!
-- Deletes the execution with this id and returns the number deleted; its inquiries go with it, its children stay.
DELETE FROM attune.execution
WHERE execution.id = :id::bigint;
