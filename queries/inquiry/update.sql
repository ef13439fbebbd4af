-- name: update(id, assigned_to, status, response, responded_at, given)^
-- Changes the columns that were given, whatever the status was, and returns the inquiry, or no row.
-- @optional assigned_to, status, response, responded_at
WITH changed AS (
    UPDATE attune.inquiry
    SET
        assigned_to = CASE
            WHEN 'assigned_to' = ANY(:given::text[]) THEN :assigned_to::bigint ELSE inquiry.assigned_to
        END,
        status = CASE
            WHEN 'status' = ANY(:given::text[]) THEN :status::attune.inquiry_status_enum ELSE inquiry.status
        END,
        response = CASE WHEN 'response' = ANY(:given::text[]) THEN :response::jsonb ELSE inquiry.response END,
        responded_at = CASE
            WHEN 'responded_at' = ANY(:given::text[]) THEN :responded_at::timestamptz ELSE inquiry.responded_at
        END,
        updated = clock_timestamp()
    WHERE inquiry.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        inquiry.updated
)

SELECT
    changed.id,
    changed.execution,
    changed.prompt,
    changed.response_schema,
    changed.assigned_to,
    changed.status,
    changed.response,
    changed.timeout_at,
    changed.responded_at,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE inquiry.id = :id::bigint AND cardinality(:given::text[]) = 0;
