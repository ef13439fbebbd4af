-- name: delete(id)!
-- Deletes the workflow run with this id and returns the number of rows deleted.
DELETE FROM attune.workflow_execution
WHERE workflow_execution.id = :id::bigint;
