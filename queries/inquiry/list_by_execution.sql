-- name: list_by_execution(execution)
-- Lists the inquiries of an execution, newest first.
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
WHERE inquiry.execution = :execution::bigint
ORDER BY inquiry.created DESC, inquiry.id DESC;
