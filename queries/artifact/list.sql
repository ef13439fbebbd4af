-- name: list(limit, after_created, after_id)
-- Lists a page of the artifacts, newest first, after the given row where there is one.
-- @optional after_created, after_id
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
WHERE
    (artifact.created, artifact.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY artifact.created DESC, artifact.id DESC
LIMIT :limit::bigint;
