-- name: find_by_version(artifact, version)^
-- Returns one version of an artifact, with its content, or no row.
SELECT
    artifact_version.id,
    artifact_version.artifact,
    artifact_version.version,
    artifact_version.content_type,
    artifact_version.size_bytes,
    artifact_version.content,
    artifact_version.meta,
    artifact_version.created
FROM attune.artifact_version
WHERE artifact_version.artifact = :artifact::bigint AND artifact_version.version = :version::integer;
