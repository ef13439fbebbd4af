-- name: lease(queue, limit, lease_seconds, execution)
-- Leases ready items of an enabled queue under one new token and returns them, highest priority first, then oldest.
-- @optional execution
WITH next AS MATERIALIZED (
    SELECT work_queue_item.id
    FROM attune.work_queue_item
    WHERE
        work_queue_item.queue = :queue::bigint
        AND work_queue_item.status IN ('queued', 'retry')
        AND EXISTS (
            SELECT
            FROM attune.work_queue
            WHERE work_queue.id = :queue::bigint AND work_queue.enabled
        )
    ORDER BY work_queue_item.priority DESC, work_queue_item.created, work_queue_item.id
    LIMIT greatest(:limit::bigint, 0)
    /* Rows that another lease is taking are passed over, not waited for. */
    FOR UPDATE SKIP LOCKED
),

/* Made once, so that all items of one call share a token and an end. */
lease AS MATERIALIZED (
    SELECT
        gen_random_uuid() AS token,
        clock_timestamp() + make_interval(secs => :lease_seconds::double precision) AS expires_at
),

leased AS (
    UPDATE attune.work_queue_item
    SET
        status = 'leased',
        lease_token = lease.token,
        lease_expires_at = lease.expires_at,
        leased_execution = :execution::bigint,
        attempt_count = work_queue_item.attempt_count + 1,
        updated = clock_timestamp()
    FROM lease
    /* An array, not a join, which would read the whole table when planned without knowing the limit. */
    WHERE work_queue_item.id = ANY(ARRAY(SELECT next.id FROM next))
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
    leased.id,
    leased.queue,
    leased.queue_ref,
    leased.item_key,
    leased.priority,
    leased.status,
    leased.payload,
    leased.metadata,
    leased.enqueue_source,
    leased.requested_by_identity,
    leased.requested_by_execution,
    leased.requested_by_enforcement,
    leased.leased_execution,
    leased.lease_token,
    leased.lease_expires_at,
    leased.attempt_count,
    leased.last_error,
    leased.ack_summary,
    leased.created,
    leased.updated
FROM leased
ORDER BY leased.priority DESC, leased.created, leased.id;
