-- name: list(limit, after_ref)
-- Lists the work queues by ref, after the given ref where there is one.
-- @optional limit, after_ref
SELECT
    work_queue.id,
    work_queue.ref,
    work_queue.pack,
    work_queue.pack_ref,
    work_queue.is_adhoc,
    work_queue.label,
    work_queue.description,
    work_queue.enabled,
    work_queue.accepting_new_items,
    work_queue.dispatch_action,
    work_queue.dispatch_action_ref,
    work_queue.default_priority,
    work_queue.allow_pending_update,
    work_queue.update_strategy,
    work_queue.batch_mode,
    work_queue.item_schema,
    work_queue.action_params,
    work_queue.permission_set_refs,
    work_queue.config,
    work_queue.created,
    work_queue.updated
FROM attune.work_queue
WHERE work_queue.ref > COALESCE(:after_ref::text, '')
ORDER BY work_queue.ref
LIMIT :limit::bigint;
