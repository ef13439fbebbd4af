-- name: list_enabled()
-- Lists the enabled workflow definitions by label.
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
WHERE workflow_definition.enabled
ORDER BY workflow_definition.label, workflow_definition.id;
