-- name: create(ref, pack, pack_ref, label, version, definition, description, param_schema, out_schema, tags, enabled, given)^
-- Adds a workflow definition and returns it.
-- @optional description, param_schema, out_schema, tags, enabled
INSERT INTO attune.workflow_definition (
    ref,
    pack,
    pack_ref,
    label,
    description,
    version,
    param_schema,
    out_schema,
    definition,
    tags,
    enabled
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :label::text,
    :description::text,
    :version::text,
    :param_schema::jsonb,
    :out_schema::jsonb,
    :definition::jsonb,
    CASE WHEN 'tags' = ANY(:given::text[]) THEN :tags::text[] ELSE '{}' END,
    CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE true END
)
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
    workflow_definition.updated;
