-- name: delete(id)!
-- Deletes the permission set with this id, with its assignments, and returns the number of sets deleted.
DELETE FROM attune.permission_set
WHERE permission_set.id = :id::bigint;
