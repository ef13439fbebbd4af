-- name: enqueue(queue, payload, enqueue_source, item_key, priority, metadata, requested_by_identity, requested_by_execution, requested_by_enforcement, given)^
-- Adds an item to a queue, enabled or not, by default with the queue's priority, and returns it.
-- @optional item_key, priority, metadata, requested_by_identity, requested_by_execution, requested_by_enforcement
INSERT INTO attune.work_queue_item (
    queue,
    queue_ref,
    item_key,
    priority,
    payload,
    metadata,
    enqueue_source,
    requested_by_identity,
    requested_by_execution,
    requested_by_enforcement
) VALUES (
    :queue::bigint,
    /* Some ref for an unknown queue too, so that the foreign key refuses it. */
    COALESCE((
        SELECT work_queue.ref FROM attune.work_queue
        WHERE work_queue.id = :queue::bigint
    ), ''),
    :item_key::text,
    CASE
        WHEN 'priority' = ANY(:given::text[]) THEN :priority::integer
        ELSE COALESCE(
                (
                    SELECT work_queue.default_priority FROM attune.work_queue
                    WHERE work_queue.id = :queue::bigint
                ),
                0
            )
    END,
    :payload::jsonb,
    CASE WHEN 'metadata' = ANY(:given::text[]) THEN :metadata::jsonb ELSE '{}' END,
    :enqueue_source::text,
    :requested_by_identity::bigint,
    :requested_by_execution::bigint,
    :requested_by_enforcement::bigint
)
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
    work_queue_item.updated;
