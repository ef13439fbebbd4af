-- name: delete(id)!
-- Deletes the notification with this id and returns the number of rows deleted.
DELETE FROM attune.notification
WHERE notification.id = :id::bigint;
