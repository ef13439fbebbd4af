-- name: search(limit, scope, owner, type, text, after_created, after_id)
-- Lists a page of the artifacts that match; text is part of ref, name or description in any case; newest first.
-- @optional scope, owner, type, text, after_created, after_id
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
    AND (:scope::attune.owner_type_enum IS NULL OR artifact.scope = :scope::attune.owner_type_enum)
    AND (:owner::text IS NULL OR artifact.owner = :owner::text)
    AND (:type::attune.artifact_type_enum IS NULL OR artifact.type = :type::attune.artifact_type_enum)
    AND (
        :text::text IS NULL
        OR strpos(lower(artifact.ref), lower(:text::text)) > 0
        OR strpos(lower(artifact.name), lower(:text::text)) > 0
        OR strpos(lower(artifact.description), lower(:text::text)) > 0
    )
ORDER BY artifact.created DESC, artifact.id DESC
LIMIT :limit::bigint;
