-- name: delete(id)!
-- Deletes the inquiry with this id and returns the number of rows deleted.
DELETE FROM attune.inquiry
WHERE inquiry.id = :id::bigint;
