-- name: list_by_status(status, limit, after_created, after_id)
-- Lists the inquiries in a status, newest first.
-- @optional after_created, after_id
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
    inquiry.status = :status::attune.inquiry_status_enum
    AND (inquiry.created, inquiry.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY inquiry.created DESC, inquiry.id DESC
LIMIT :limit::bigint;
