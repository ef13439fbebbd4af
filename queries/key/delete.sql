-- name: delete(id)!
-- Deletes the key with this id and returns the number of rows deleted.
DELETE FROM attune.key
WHERE key.id = :id::bigint;
