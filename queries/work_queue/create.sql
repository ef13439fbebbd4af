-- name: create(ref, label, dispatch_action_ref, pack, pack_ref, is_adhoc, description, enabled, accepting_new_items, dispatch_action, default_priority, allow_pending_update, update_strategy, batch_mode, item_schema, action_params, permission_set_refs, config, given)^
-- Adds a work queue and returns it.
-- @optional pack, pack_ref, is_adhoc, description, enabled, accepting_new_items, dispatch_action, default_priority
-- @optional allow_pending_update, update_strategy, batch_mode, item_schema, action_params, permission_set_refs, config
INSERT INTO attune.work_queue (
    ref,
    pack,
    pack_ref,
    is_adhoc,
    label,
    description,
    enabled,
    accepting_new_items,
    dispatch_action,
    dispatch_action_ref,
    default_priority,
    allow_pending_update,
    update_strategy,
    batch_mode,
    item_schema,
    action_params,
    permission_set_refs,
    config
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    CASE WHEN 'is_adhoc' = ANY(:given::text[]) THEN :is_adhoc::boolean ELSE false END,
    :label::text,
    :description::text,
    CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE true END,
    CASE WHEN 'accepting_new_items' = ANY(:given::text[]) THEN :accepting_new_items::boolean ELSE true END,
    :dispatch_action::bigint,
    :dispatch_action_ref::text,
    CASE WHEN 'default_priority' = ANY(:given::text[]) THEN :default_priority::integer ELSE 0 END,
    CASE WHEN 'allow_pending_update' = ANY(:given::text[]) THEN :allow_pending_update::boolean ELSE false END,
    CASE
        WHEN 'update_strategy' = ANY(:given::text[]) THEN :update_strategy::attune.work_queue_update_strategy_enum
        ELSE 'replace'
    END,
    CASE WHEN 'batch_mode' = ANY(:given::text[]) THEN :batch_mode::attune.work_queue_batch_mode_enum ELSE 'single' END,
    CASE WHEN 'item_schema' = ANY(:given::text[]) THEN :item_schema::jsonb ELSE '{}' END,
    CASE WHEN 'action_params' = ANY(:given::text[]) THEN :action_params::jsonb ELSE '{}' END,
    :permission_set_refs::text[],
    CASE WHEN 'config' = ANY(:given::text[]) THEN :config::jsonb ELSE '{}' END
)
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
    work_queue.updated;
