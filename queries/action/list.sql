-- name: list(limit, after_ref)
-- Lists the actions by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE action.ref > COALESCE(:after_ref::text, '')
ORDER BY action.ref
LIMIT :limit::bigint;
