-- name: release(lease_token, status, last_error)
-- Ends an unlapsed lease, puts its items back as queued or into the status given, and returns them; else none.
-- @optional status, last_error
WITH held AS MATERIALIZED (
    SELECT work_queue_item.id
    FROM attune.work_queue_item
    WHERE
        work_queue_item.lease_token = :lease_token::uuid
        AND work_queue_item.status = 'leased'
        AND work_queue_item.lease_expires_at > statement_timestamp()
    /* One order for all, so that two calls with one token cannot wait for each other. */
    ORDER BY work_queue_item.id
    FOR UPDATE
),

changed AS (
    UPDATE attune.work_queue_item
    SET
        status = COALESCE(:status::attune.work_queue_item_status_enum, 'queued'),
        leased_execution = CASE
            WHEN COALESCE(:status::attune.work_queue_item_status_enum, 'queued') NOT IN ('queued', 'retry')
                THEN work_queue_item.leased_execution
        END,
        lease_token = NULL,
        lease_expires_at = NULL,
        last_error = :last_error::jsonb,
        ack_summary = NULL,
        updated = clock_timestamp()
    FROM held
    WHERE work_queue_item.id = held.id
    RETURNING
        work_queue_item.id,
        work_queue_item.queue,
        work_queue_item.queue_ref,
        work_queue_item.item_key,
        work_queue_item.priority,
        work_queue_item.status,
        work_queue_item.payload,
        work_queue_item.metadata,
        work_queue_item.enqueue_source,
        work_queue_item.requested_by_identity,
        work_queue_item.requested_by_execution,
        work_queue_item.requested_by_enforcement,
        work_queue_item.leased_execution,
        work_queue_item.lease_token,
        work_queue_item.lease_expires_at,
        work_queue_item.attempt_count,
        work_queue_item.last_error,
        work_queue_item.ack_summary,
        work_queue_item.created,
        work_queue_item.updated
)

SELECT
    changed.id,
    changed.queue,
    changed.queue_ref,
    changed.item_key,
    changed.priority,
    changed.status,
    changed.payload,
    changed.metadata,
    changed.enqueue_source,
    changed.requested_by_identity,
    changed.requested_by_execution,
    changed.requested_by_enforcement,
    changed.leased_execution,
    changed.lease_token,
    changed.lease_expires_at,
    changed.attempt_count,
    changed.last_error,
    changed.ack_summary,
    changed.created,
    changed.updated
FROM changed
ORDER BY changed.priority DESC, changed.created, changed.id;
