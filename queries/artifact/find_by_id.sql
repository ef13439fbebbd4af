-- name: find_by_id(id)^
-- Returns the artifact with this id, or no row.
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
WHERE artifact.id = :id::bigint;
