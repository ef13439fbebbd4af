-- name: update(id, label, description, entrypoint, runtime, param_schema, out_schema, given)^
-- Changes the columns that were given and returns the action, or no row.
-- @optional label, description, entrypoint, runtime, param_schema, out_schema
WITH changed AS (
    UPDATE attune.action
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE action.label END,
        description = CASE WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE action.description END,
        entrypoint = CASE WHEN 'entrypoint' = ANY(:given::text[]) THEN :entrypoint::text ELSE action.entrypoint END,
        runtime = CASE WHEN 'runtime' = ANY(:given::text[]) THEN :runtime::bigint ELSE action.runtime END,
        param_schema = CASE
            WHEN 'param_schema' = ANY(:given::text[]) THEN :param_schema::jsonb ELSE action.param_schema
        END,
        out_schema = CASE WHEN 'out_schema' = ANY(:given::text[]) THEN :out_schema::jsonb ELSE action.out_schema END,
        updated = clock_timestamp()
    WHERE action.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        action.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.label,
    changed.description,
    changed.entrypoint,
    changed.runtime,
    changed.param_schema,
    changed.out_schema,
    changed.is_workflow,
    changed.workflow_def,
    changed.is_adhoc,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE action.id = :id::bigint AND cardinality(:given::text[]) = 0;
