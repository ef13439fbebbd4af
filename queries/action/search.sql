-- name: search(text, limit)
-- Lists the actions with this text in ref, label or description, in upper or lower case, by ref.
-- @optional limit
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
WHERE
    strpos(lower(action.ref), lower(:text::text)) > 0
    OR strpos(lower(action.label), lower(:text::text)) > 0
    OR strpos(lower(action.description), lower(:text::text)) > 0
ORDER BY action.ref
LIMIT :limit::bigint;
