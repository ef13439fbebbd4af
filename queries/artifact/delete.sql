-- name: delete(id)!
-- Deletes the artifact with this id, with its versions, and returns the number of artifacts deleted.
DELETE FROM attune.artifact
WHERE artifact.id = :id::bigint;
