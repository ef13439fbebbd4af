-- name: list_by_artifact(artifact)
-- Lists the versions of an artifact, newest first, without content.
SELECT
    artifact_version.id,
    artifact_version.artifact,
    artifact_version.version,
    artifact_version.content_type,
    artifact_version.size_bytes,
    artifact_version.meta,
    artifact_version.created
FROM attune.artifact_version
WHERE artifact_version.artifact = :artifact::bigint
ORDER BY artifact_version.version DESC;
