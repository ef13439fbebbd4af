-- name: delete_expired(limit)!
-- Deletes the oldest versions beyond what their artifact keeps, at most limit, and returns the number deleted.
WITH surplus AS (
    SELECT artifact_version.id
    FROM attune.artifact
    CROSS JOIN
        LATERAL (
            SELECT min(newest.version) AS version
            FROM (
                SELECT newer.version
                FROM attune.artifact_version AS newer
                WHERE newer.artifact = artifact.id
                ORDER BY newer.version DESC
                LIMIT greatest(artifact.retention_limit, 0)
            ) AS newest
        ) AS oldest_kept
    JOIN attune.artifact_version
        ON artifact_version.artifact = artifact.id AND artifact_version.version < oldest_kept.version
    WHERE artifact.retention_policy = 'versions' AND artifact.retention_limit > 0
),

overdue AS (
    SELECT artifact_version.id
    FROM attune.artifact
    CROSS JOIN
        LATERAL (
            SELECT statement_timestamp() - make_interval(
                secs => least(
                    artifact.retention_limit * CASE artifact.retention_policy
                        WHEN 'days' THEN 86400.0
                        WHEN 'hours' THEN 3600.0
                        ELSE 60.0
                    END,
                    /* 3000 years: the largest limits would lead out of the range of times. */
                    1e11
                )
            ) AS created
        ) AS oldest_kept
    JOIN attune.artifact_version
        ON artifact_version.artifact = artifact.id AND artifact_version.created < oldest_kept.created
    WHERE artifact.retention_policy IN ('days', 'hours', 'minutes') AND artifact.retention_limit > 0
),

expired AS MATERIALIZED (
    SELECT artifact_version.id
    FROM attune.artifact_version
    WHERE artifact_version.id IN (
            SELECT surplus.id
            FROM surplus
            UNION ALL
            SELECT overdue.id
            FROM overdue
        )
    ORDER BY artifact_version.created, artifact_version.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another caller is deleting are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
)

DELETE FROM attune.artifact_version
/* An array, not a join, which would read the whole table when planned without knowing the limit. */
WHERE artifact_version.id = ANY(ARRAY(SELECT expired.id FROM expired));
