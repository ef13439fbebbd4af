-- name: search(limit, status, execution, assigned_to, after_created, after_id)
-- Lists the inquiries that match the filters given, newest first.
-- @optional status, execution, assigned_to, after_created, after_id
SELECT
    inquiry.id,
    inquiry.execution,
    inquiry.prompt,
    inquiry.response_schema,
    inquiry.assigned_to,
    inquiry.status,
    inquiry.response,
    inquiry.timeout_at,
    inquiry.responded_at,
    inquiry.created,
    inquiry.updated
FROM attune.inquiry
WHERE
    (:status::attune.inquiry_status_enum IS NULL OR inquiry.status = :status::attune.inquiry_status_enum)
    AND (:execution::bigint IS NULL OR inquiry.execution = :execution::bigint)
    AND (:assigned_to::bigint IS NULL OR inquiry.assigned_to = :assigned_to::bigint)
    AND (inquiry.created, inquiry.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY inquiry.created DESC, inquiry.id DESC
LIMIT :limit::bigint;
