-- name: find_by_workflow_def(workflow_def)^
-- Returns the first action by ref that runs this workflow, or no row.
SELECT
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
    action.updated
FROM attune.action
WHERE action.workflow_def = :workflow_def::bigint
ORDER BY action.ref
LIMIT 1;
