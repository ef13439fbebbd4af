-- name: delete(id)!
-- Deletes the event with this id and returns the number of rows deleted; its enforcements stay.
DELETE FROM attune.event
WHERE event.id = :id::bigint;
