-- name: find_by_ref(ref)^
-- Returns the newest artifact with this ref, which others may share, or no row.
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
WHERE artifact.ref = :ref::text
ORDER BY artifact.created DESC, artifact.id DESC
LIMIT 1;
