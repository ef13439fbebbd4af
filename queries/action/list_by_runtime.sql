-- name: list_by_runtime(runtime)
-- Lists the actions of a runtime by ref.
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
WHERE action.runtime = :runtime::bigint
ORDER BY action.ref;
