-- name: list_by_scope(scope)
-- Lists the artifacts of a scope, newest first.
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
WHERE artifact.scope = :scope::attune.owner_type_enum
ORDER BY artifact.created DESC, artifact.id DESC;
