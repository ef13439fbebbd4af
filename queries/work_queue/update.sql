-- name: update(id, pack, pack_ref, is_adhoc, label, description, enabled, accepting_new_items, dispatch_action, dispatch_action_ref, default_priority, allow_pending_update, update_strategy, batch_mode, item_schema, action_params, permission_set_refs, config, given)^
-- Changes the columns that were given and returns the work queue, or no row.
-- @optional pack, pack_ref, is_adhoc, label, description, enabled, accepting_new_items, dispatch_action
-- @optional dispatch_action_ref, default_priority, allow_pending_update, update_strategy, batch_mode, item_schema
-- @optional action_params, permission_set_refs, config
WITH changed AS (
    UPDATE attune.work_queue
    SET
        pack = CASE WHEN 'pack' = ANY(:given::text[]) THEN :pack::bigint ELSE work_queue.pack END,
        pack_ref = CASE WHEN 'pack_ref' = ANY(:given::text[]) THEN :pack_ref::text ELSE work_queue.pack_ref END,
        is_adhoc = CASE WHEN 'is_adhoc' = ANY(:given::text[]) THEN :is_adhoc::boolean ELSE work_queue.is_adhoc END,
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE work_queue.label END,
        description = CASE
            WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE work_queue.description
        END,
        enabled = CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE work_queue.enabled END,
        accepting_new_items = CASE
            WHEN 'accepting_new_items' = ANY(:given::text[]) THEN :accepting_new_items::boolean
            ELSE work_queue.accepting_new_items
        END,
        dispatch_action = CASE
            WHEN 'dispatch_action' = ANY(:given::text[]) THEN :dispatch_action::bigint ELSE work_queue.dispatch_action
        END,
        dispatch_action_ref = CASE
            WHEN 'dispatch_action_ref' = ANY(:given::text[]) THEN :dispatch_action_ref::text
            ELSE work_queue.dispatch_action_ref
        END,
        default_priority = CASE
            WHEN 'default_priority' = ANY(:given::text[]) THEN :default_priority::integer
            ELSE work_queue.default_priority
        END,
        allow_pending_update = CASE
            WHEN 'allow_pending_update' = ANY(:given::text[]) THEN :allow_pending_update::boolean
            ELSE work_queue.allow_pending_update
        END,
        update_strategy = CASE
            WHEN 'update_strategy' = ANY(:given::text[]) THEN :update_strategy::attune.work_queue_update_strategy_enum
            ELSE work_queue.update_strategy
        END,
        batch_mode = CASE
            WHEN 'batch_mode' = ANY(:given::text[]) THEN :batch_mode::attune.work_queue_batch_mode_enum
            ELSE work_queue.batch_mode
        END,
        item_schema = CASE
            WHEN 'item_schema' = ANY(:given::text[]) THEN :item_schema::jsonb ELSE work_queue.item_schema
        END,
        action_params = CASE
            WHEN 'action_params' = ANY(:given::text[]) THEN :action_params::jsonb ELSE work_queue.action_params
        END,
        permission_set_refs = CASE
            WHEN 'permission_set_refs' = ANY(:given::text[]) THEN :permission_set_refs::text[]
            ELSE work_queue.permission_set_refs
        END,
        config = CASE WHEN 'config' = ANY(:given::text[]) THEN :config::jsonb ELSE work_queue.config END,
        updated = clock_timestamp()
    WHERE work_queue.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
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
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.is_adhoc,
    changed.label,
    changed.description,
    changed.enabled,
    changed.accepting_new_items,
    changed.dispatch_action,
    changed.dispatch_action_ref,
    changed.default_priority,
    changed.allow_pending_update,
    changed.update_strategy,
    changed.batch_mode,
    changed.item_schema,
    changed.action_params,
    changed.permission_set_refs,
    changed.config,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE work_queue.id = :id::bigint AND cardinality(:given::text[]) = 0;
