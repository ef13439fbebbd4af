-- name: delete(id)!
-- Deletes the identity with this id and returns the number of rows deleted; refused while it owns keys.
DELETE FROM attune.identity
WHERE identity.id = :id::bigint;
