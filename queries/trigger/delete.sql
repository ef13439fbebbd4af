-- name: delete(id)!
-- Deletes the trigger with this id, with its sensors, and returns the number of triggers deleted.
DELETE FROM attune.trigger
WHERE trigger.id = :id::bigint;
