-- name: reclaim_expired(limit)
-- Puts items whose lease has lapsed back as queued and returns them, the longest lapsed first; attempts stay counted.
WITH lapsed AS MATERIALIZED (
    SELECT
        work_queue_item.id,
        work_queue_item.lease_expires_at
    FROM attune.work_queue_item
    WHERE work_queue_item.status = 'leased' AND work_queue_item.lease_expires_at <= statement_timestamp()
    ORDER BY work_queue_item.lease_expires_at, work_queue_item.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that are being completed or taken are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

reclaimed AS (
    UPDATE attune.work_queue_item
    SET
        status = 'queued',
        leased_execution = NULL,
        lease_token = NULL,
        lease_expires_at = NULL,
        updated = clock_timestamp()
    /* An array, not a join, which would read the whole table when planned without knowing the limit. */
    WHERE work_queue_item.id = ANY(ARRAY(SELECT lapsed.id FROM lapsed))
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
    reclaimed.id,
    reclaimed.queue,
    reclaimed.queue_ref,
    reclaimed.item_key,
    reclaimed.priority,
    reclaimed.status,
    reclaimed.payload,
    reclaimed.metadata,
    reclaimed.enqueue_source,
    reclaimed.requested_by_identity,
    reclaimed.requested_by_execution,
    reclaimed.requested_by_enforcement,
    reclaimed.leased_execution,
    reclaimed.lease_token,
    reclaimed.lease_expires_at,
    reclaimed.attempt_count,
    reclaimed.last_error,
    reclaimed.ack_summary,
    reclaimed.created,
    reclaimed.updated
FROM reclaimed
JOIN lapsed ON lapsed.id = reclaimed.id
ORDER BY lapsed.lease_expires_at, lapsed.id;
