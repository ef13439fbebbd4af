-- name: delete_before(before, limit)!
-- Deletes the oldest notifications created before a time, at most limit, and returns the number deleted.
WITH outdated AS MATERIALIZED (
    SELECT notification.id
    FROM attune.notification
    WHERE notification.created < :before::timestamptz
    ORDER BY notification.created, notification.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another caller is deleting are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
)

DELETE FROM attune.notification
/* An array, not a join, which would read the whole table when planned without knowing the limit. */
WHERE notification.id = ANY(ARRAY(SELECT outdated.id FROM outdated));
