-- name: delete_before(before, limit)!
-- Deletes the oldest events created before a time, at most limit, and returns their number; their enforcements stay.
WITH old AS MATERIALIZED (
    SELECT event.id
    FROM attune.event
    WHERE event.created < :before::timestamptz
    ORDER BY event.created, event.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another caller is deleting are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
)

DELETE FROM attune.event
WHERE event.id = ANY(ARRAY(SELECT old.id FROM old));
