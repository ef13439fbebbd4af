-- name: list_by_owner(owner)
-- Lists the artifacts of an owner in any scope, newest first.
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
WHERE artifact.owner = :owner::text
ORDER BY artifact.created DESC, artifact.id DESC;
