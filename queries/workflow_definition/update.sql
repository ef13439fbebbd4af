-- name: update(id, label, description, version, param_schema, out_schema, definition, tags, enabled, given)^
-- Changes the columns that were given and returns the workflow definition, or no row.
-- @optional label, description, version, param_schema, out_schema, definition, tags, enabled
WITH changed AS (
    UPDATE attune.workflow_definition
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE workflow_definition.label END,
        description = CASE
            WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE workflow_definition.description
        END,
        version = CASE WHEN 'version' = ANY(:given::text[]) THEN :version::text ELSE workflow_definition.version END,
        param_schema = CASE
            WHEN 'param_schema' = ANY(:given::text[]) THEN :param_schema::jsonb ELSE workflow_definition.param_schema
        END,
        out_schema = CASE
            WHEN 'out_schema' = ANY(:given::text[]) THEN :out_schema::jsonb ELSE workflow_definition.out_schema
        END,
        definition = CASE
            WHEN 'definition' = ANY(:given::text[]) THEN :definition::jsonb ELSE workflow_definition.definition
        END,
        tags = CASE WHEN 'tags' = ANY(:given::text[]) THEN :tags::text[] ELSE workflow_definition.tags END,
        enabled = CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE workflow_definition.enabled END,
        updated = clock_timestamp()
    WHERE workflow_definition.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
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
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.label,
    changed.description,
    changed.version,
    changed.param_schema,
    changed.out_schema,
    changed.definition,
    changed.tags,
    changed.enabled,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE workflow_definition.id = :id::bigint AND cardinality(:given::text[]) = 0;
