-- name: create(ref, pack, pack_ref, label, description, entrypoint, runtime, param_schema, out_schema, is_adhoc, given)^
-- Adds an action and returns it.
-- @optional runtime, param_schema, out_schema, is_adhoc
INSERT INTO attune.action (
    ref,
    pack,
    pack_ref,
    label,
    description,
    entrypoint,
    runtime,
    param_schema,
    out_schema,
    is_adhoc
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :label::text,
    :description::text,
    :entrypoint::text,
    :runtime::bigint,
    :param_schema::jsonb,
    :out_schema::jsonb,
    CASE WHEN 'is_adhoc' = ANY(:given::text[]) THEN :is_adhoc::boolean ELSE false END
)
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
