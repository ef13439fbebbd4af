-- name: create(execution, prompt, response_schema, assigned_to, status, response, timeout_at, given)^
-- Adds an inquiry and returns it.
-- @optional response_schema, assigned_to, status, response, timeout_at
INSERT INTO attune.inquiry (
    execution,
    prompt,
    response_schema,
    assigned_to,
    status,
    response,
    timeout_at
) VALUES (
    :execution::bigint,
    :prompt::text,
    :response_schema::jsonb,
    :assigned_to::bigint,
    CASE WHEN 'status' = ANY(:given::text[]) THEN :status::attune.inquiry_status_enum ELSE 'pending' END,
    :response::jsonb,
    :timeout_at::timestamptz
)
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
