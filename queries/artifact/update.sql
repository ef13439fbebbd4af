-- name: update(id, ref, scope, owner, type, retention_policy, retention_limit, name, description, given)^
-- Changes the columns that were given and returns the artifact, or no row.
-- @optional ref, scope, owner, type, retention_policy, retention_limit, name, description
WITH changed AS (
    UPDATE attune.artifact
    SET
        ref = CASE WHEN 'ref' = ANY(:given::text[]) THEN :ref::text ELSE artifact.ref END,
        scope = CASE WHEN 'scope' = ANY(:given::text[]) THEN :scope::attune.owner_type_enum ELSE artifact.scope END,
        owner = CASE WHEN 'owner' = ANY(:given::text[]) THEN :owner::text ELSE artifact.owner END,
        type = CASE WHEN 'type' = ANY(:given::text[]) THEN :type::attune.artifact_type_enum ELSE artifact.type END,
        retention_policy = CASE
            WHEN 'retention_policy' = ANY(:given::text[]) THEN :retention_policy::attune.artifact_retention_enum
            ELSE artifact.retention_policy
        END,
        retention_limit = CASE
            WHEN 'retention_limit' = ANY(:given::text[]) THEN :retention_limit::integer ELSE artifact.retention_limit
        END,
        name = CASE WHEN 'name' = ANY(:given::text[]) THEN :name::text ELSE artifact.name END,
        description = CASE
            WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE artifact.description
        END,
        updated = clock_timestamp()
    WHERE artifact.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        artifact.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.scope,
    changed.owner,
    changed.type,
    changed.retention_policy,
    changed.retention_limit,
    changed.name,
    changed.description,
    changed.version_count,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
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
    artifact.updated
FROM attune.artifact
WHERE artifact.id = :id::bigint AND cardinality(:given::text[]) = 0;
