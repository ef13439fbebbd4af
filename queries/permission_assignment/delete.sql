-- name: delete(id)!
-- Deletes the permission assignment with this id and returns the number of rows deleted.
DELETE FROM attune.permission_assignment
WHERE permission_assignment.id = :id::bigint;
