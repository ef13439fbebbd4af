-- name: delete(id)!
-- Deletes the pack with this id, with all that belongs to it, and returns the number of packs deleted.
DELETE FROM attune.pack
WHERE pack.id = :id::bigint;
