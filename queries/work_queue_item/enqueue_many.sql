-- name: enqueue_many(rows)
-- Adds an item per object of a JSON array as enqueue does and returns them in its order; missing or null is the default.
WITH wanted AS MATERIALIZED (
    SELECT
        /* Ids are drawn in the order of the array and give the order of the result: INSERT itself promises none. */
        nextval('attune.work_queue_item_id_seq') AS id,
        listed.queue,
        /* Some ref for an unknown queue too, so that the foreign key refuses it. */
        COALESCE(work_queue.ref, '') AS queue_ref,
        listed.item_key,
        COALESCE(listed.priority, work_queue.default_priority, 0) AS priority,
        listed.payload,
        COALESCE(listed.metadata, '{}') AS metadata,
        listed.enqueue_source,
        listed.requested_by_identity,
        listed.requested_by_execution,
        listed.requested_by_enforcement
    FROM jsonb_array_elements(:rows::jsonb) WITH ORDINALITY AS element (value, place)
    CROSS JOIN
        LATERAL jsonb_to_record(element.value)
            AS listed (
                queue bigint,
                item_key text,
                priority integer,
                payload jsonb,
                metadata jsonb,
                enqueue_source text,
                requested_by_identity bigint,
                requested_by_execution bigint,
                requested_by_enforcement bigint
            )
    LEFT JOIN attune.work_queue ON work_queue.id = listed.queue
    ORDER BY element.place
),

inserted AS (
    INSERT INTO attune.work_queue_item (
        id,
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
    )
    SELECT
        wanted.id,
        wanted.queue,
        wanted.queue_ref,
        wanted.item_key,
        wanted.priority,
        wanted.payload,
        wanted.metadata,
        wanted.enqueue_source,
        wanted.requested_by_identity,
        wanted.requested_by_execution,
        wanted.requested_by_enforcement
    FROM wanted
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
    inserted.id,
    inserted.queue,
    inserted.queue_ref,
    inserted.item_key,
    inserted.priority,
    inserted.status,
    inserted.payload,
    inserted.metadata,
    inserted.enqueue_source,
    inserted.requested_by_identity,
    inserted.requested_by_execution,
    inserted.requested_by_enforcement,
    inserted.leased_execution,
    inserted.lease_token,
    inserted.lease_expires_at,
    inserted.attempt_count,
    inserted.last_error,
    inserted.ack_summary,
    inserted.created,
    inserted.updated
FROM inserted
ORDER BY inserted.id;
