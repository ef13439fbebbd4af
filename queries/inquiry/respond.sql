-- name: respond(id, response)^
-- Answers a pending inquiry and returns it, or no row; of concurrent answers the first is kept.
UPDATE attune.inquiry
SET
    status = 'responded',
    response = :response::jsonb,
    responded_at = clock_timestamp(),
    updated = clock_timestamp()
WHERE inquiry.id = :id::bigint AND inquiry.status = 'pending'
RETURNING
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
    inquiry.updated;
