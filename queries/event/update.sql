-- name: update(id, config, payload, given)^
-- Changes the columns that were given and returns the event, or no row.
-- @optional config, payload
WITH changed AS (
    UPDATE attune.event
    SET
        config = CASE WHEN 'config' = ANY(:given::text[]) THEN :config::jsonb ELSE event.config END,
        payload = CASE WHEN 'payload' = ANY(:given::text[]) THEN :payload::jsonb ELSE event.payload END,
        updated = clock_timestamp()
    WHERE event.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        event.id,
        event.trigger,
        event.trigger_ref,
        event.config,
        event.payload,
        event.source,
        event.source_ref,
        event.rule,
        event.rule_ref,
        event.created,
        event.updated
)

SELECT
    changed.id,
    changed.trigger,
    changed.trigger_ref,
    changed.config,
    changed.payload,
    changed.source,
    changed.source_ref,
    changed.rule,
    changed.rule_ref,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    event.id,
    event.trigger,
    event.trigger_ref,
    event.config,
    event.payload,
    event.source,
    event.source_ref,
    event.rule,
    event.rule_ref,
    event.created,
    event.updated
FROM attune.event
WHERE event.id = :id::bigint AND cardinality(:given::text[]) = 0;
