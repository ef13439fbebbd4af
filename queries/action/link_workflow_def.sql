-- name: link_workflow_def(id, workflow_def)^
-- Makes the action run this workflow and returns it, or no row; a workflow of NULL makes it a plain action.
UPDATE attune.action
SET
    workflow_def = :workflow_def::bigint,
    updated = clock_timestamp()
WHERE action.id = :id::bigint
RETURNING
    action.id,
    action.ref,
    action.pack,
    action.pack_ref,
    action.label,
    action.description,
    action.entrypoint,
    action.runtime,
    action.param_schema,
    action.out_schema,
    action.is_workflow,
    action.workflow_def,
    action.is_adhoc,
    action.created,
    action.updated;
