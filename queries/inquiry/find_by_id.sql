-- name: find_by_id(id)^
-- Returns the inquiry with this id, or no row.
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
WHERE inquiry.id = :id::bigint;
