-- name: create(ref, type, scope, owner, retention_policy, retention_limit, name, description, given)^
-- Adds an artifact and returns it.
-- @optional scope, owner, retention_policy, retention_limit, name, description
INSERT INTO attune.artifact (
    ref,
    scope,
    owner,
    type,
    retention_policy,
    retention_limit,
    name,
    description
) VALUES (
    :ref::text,
    CASE WHEN 'scope' = ANY(:given::text[]) THEN :scope::attune.owner_type_enum ELSE 'system' END,
    CASE WHEN 'owner' = ANY(:given::text[]) THEN :owner::text ELSE '' END,
    :type::attune.artifact_type_enum,
    CASE
        WHEN 'retention_policy' = ANY(:given::text[]) THEN :retention_policy::attune.artifact_retention_enum
        ELSE 'versions'
    END,
    CASE WHEN 'retention_limit' = ANY(:given::text[]) THEN :retention_limit::integer ELSE 1 END,
    :name::text,
    :description::text
)
RETURNING
    artifact.id,
    artifact.ref,
    artifact.scope,
    artifact.owner,
    artifact.type,
    artifact.retention_policy,
    artifact.retention_limit,
    artifact.name,
    artifact.description,
    artifact.version_count,
    artifact.created,
    artifact.updated;
