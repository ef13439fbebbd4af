-- name: list_by_refs(refs)
-- Lists the actions with one of these refs, by ref; refs that none has are passed over.
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
WHERE action.ref = ANY(:refs::text[])
ORDER BY action.ref;
