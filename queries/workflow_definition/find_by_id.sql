-- name: find_by_id(id)^
-- Returns the workflow definition with this id, or no row.
SELECT
    workflow_definition.id,
    workflow_definition.ref,
    workflow_definition.pack,
    workflow_definition.pack_ref,
    workflow_definition.label,
    workflow_definition.description,
    workflow_definition.version,
    workflow_definition.param_schema,
    workflow_definition.out_schema,
    workflow_definition.definition,
    workflow_definition.tags,
    workflow_definition.enabled,
    workflow_definition.created,
    workflow_definition.updated
FROM attune.workflow_definition
WHERE workflow_definition.id = :id::bigint;
