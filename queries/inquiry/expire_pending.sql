-- name: expire_pending(limit)
-- Moves overdue pending inquiries to timeout and returns them, longest overdue first; each to one caller only.
WITH overdue AS MATERIALIZED (
    SELECT inquiry.id
    FROM attune.inquiry
    WHERE inquiry.status = 'pending' AND inquiry.timeout_at <= statement_timestamp()
    ORDER BY inquiry.timeout_at, inquiry.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that are being answered or taken are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

expired AS (
    UPDATE attune.inquiry
    SET
        status = 'timeout',
        updated = clock_timestamp()
    WHERE inquiry.id = ANY(ARRAY(SELECT overdue.id FROM overdue))
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
    expired.id,
    expired.execution,
    expired.prompt,
    expired.response_schema,
    expired.assigned_to,
    expired.status,
    expired.response,
    expired.timeout_at,
    expired.responded_at,
    expired.created,
    expired.updated
FROM expired
ORDER BY expired.timeout_at, expired.id;
