-- name: delete(id)!
-- Deletes the action with this id, with its policies and keys, and returns the number of actions deleted.
DELETE FROM attune.action
WHERE action.id = :id::bigint;
