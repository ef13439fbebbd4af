-- name: delete(id)!
-- Deletes the workflow with this id, with its runs and actions, and returns the number of workflows deleted.
DELETE FROM attune.workflow_definition
WHERE workflow_definition.id = :id::bigint;
