-- name: delete(id)!
-- Deletes the item with this id and returns the number of rows deleted.
DELETE FROM attune.work_queue_item
WHERE work_queue_item.id = :id::bigint;
