-- name: update(id, status, payload, given)^
-- Changes the columns that were given and returns the enforcement, or no row.
-- @optional status, payload
WITH changed AS (
    UPDATE attune.enforcement
    SET
        status = CASE
            WHEN 'status' = ANY(:given::text[]) THEN :status::attune.enforcement_status_enum ELSE enforcement.status
        END,
        payload = CASE WHEN 'payload' = ANY(:given::text[]) THEN :payload::jsonb ELSE enforcement.payload END,
        updated = clock_timestamp()
    WHERE enforcement.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        enforcement.id,
        enforcement.rule,
        enforcement.rule_ref,
        enforcement.trigger_ref,
        enforcement.config,
        enforcement.event,
        enforcement.status,
        enforcement.payload,
        enforcement.condition,
        enforcement.conditions,
        enforcement.resolved_at,
        enforcement.created,
        enforcement.updated
)

SELECT
    changed.id,
    changed.rule,
    changed.rule_ref,
    changed.trigger_ref,
    changed.config,
    changed.event,
    changed.status,
    changed.payload,
    changed.condition,
    changed.conditions,
    changed.resolved_at,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    enforcement.id,
    enforcement.rule,
    enforcement.rule_ref,
    enforcement.trigger_ref,
    enforcement.config,
    enforcement.event,
    enforcement.status,
    enforcement.payload,
    enforcement.condition,
    enforcement.conditions,
    enforcement.resolved_at,
    enforcement.created,
    enforcement.updated
FROM attune.enforcement
WHERE enforcement.id = :id::bigint AND cardinality(:given::text[]) = 0;
