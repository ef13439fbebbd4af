-- name: list_by_assignee(assigned_to, status)
-- Lists the inquiries assigned to an identity, in a status where one is given, newest first.
-- @optional status
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
    inquiry.assigned_to = :assigned_to::bigint
    AND (:status::attune.inquiry_status_enum IS NULL OR inquiry.status = :status::attune.inquiry_status_enum)
ORDER BY inquiry.created DESC, inquiry.id DESC;
