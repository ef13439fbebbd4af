-- name: delete(id)!
-- Deletes the artifact version with this id and returns the number of rows deleted; its number is not used again.
DELETE FROM attune.artifact_version
WHERE artifact_version.id = :id::bigint;
