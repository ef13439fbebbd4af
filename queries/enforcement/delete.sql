-- name: delete(id)!
-- Deletes the enforcement with this id and returns the number of rows deleted; its executions stay.
DELETE FROM attune.enforcement
WHERE enforcement.id = :id::bigint;
