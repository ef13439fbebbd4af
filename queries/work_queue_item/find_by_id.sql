-- name: find_by_id(id)^
-- Returns the item with this id, or no row.
SELECT
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
FROM attune.work_queue_item
WHERE work_queue_item.id = :id::bigint;
