-- name: list_by_retention_policy(retention_policy)
-- Lists the artifacts under a retention policy, newest first.
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
WHERE artifact.retention_policy = :retention_policy::attune.artifact_retention_enum
ORDER BY artifact.created DESC, artifact.id DESC;
