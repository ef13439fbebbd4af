-- name: create(artifact, content_type, size_bytes, content, meta)^
-- Adds the next version of an artifact and returns it; a version that is rolled back leaves no gap.
-- @optional content_type, size_bytes, content, meta
WITH counted AS (
    /* Locks the artifact until the transaction ends: the next caller waits, and counts on from what was committed. */
    UPDATE attune.artifact
    SET
        version_count = artifact.version_count + 1,
        updated = clock_timestamp()
    WHERE artifact.id = :artifact::bigint
    RETURNING artifact.version_count
)

INSERT INTO attune.artifact_version (
    artifact,
    version,
    content_type,
    size_bytes,
    content,
    meta
) VALUES (
    :artifact::bigint,
    /* Some number for an unknown artifact too, so that the foreign key refuses it. */
    COALESCE((SELECT counted.version_count FROM counted), 1),
    :content_type::text,
    :size_bytes::bigint,
    :content::bytea,
    :meta::jsonb
)
RETURNING
    artifact_version.id,
    artifact_version.artifact,
    artifact_version.version,
    artifact_version.content_type,
    artifact_version.size_bytes,
    artifact_version.content,
    artifact_version.meta,
    artifact_version.created;
