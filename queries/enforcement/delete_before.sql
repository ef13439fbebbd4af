-- name: delete_before(before, limit)!
-- Deletes the oldest enforcements created before a time, at most limit and none still created; returns their number.
WITH old AS MATERIALIZED (
    SELECT enforcement.id
    FROM attune.enforcement
    WHERE enforcement.created < :before::timestamptz AND enforcement.status <> 'created'
    ORDER BY enforcement.created, enforcement.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another caller is deleting are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

/* The executions lose their enforcement in the order in which delete_finished_before takes them: no deadlock with it. */
affected AS MATERIALIZED (
    SELECT execution.id
    FROM attune.execution
    WHERE execution.enforcement = ANY(ARRAY(SELECT old.id FROM old))
    ORDER BY execution.updated, execution.id
    FOR UPDATE
),

released AS (
    UPDATE attune.execution
    SET enforcement = NULL
    WHERE execution.id = ANY(ARRAY(SELECT affected.id FROM affected))
)

DELETE FROM attune.enforcement
WHERE enforcement.id = ANY(ARRAY(SELECT old.id FROM old));
