-- name: update(id, label, description, enabled, param_schema, out_schema, webhook_config, given)^
-- Changes the columns that were given and returns the trigger, or no row.
-- @optional label, description, enabled, param_schema, out_schema, webhook_config
WITH changed AS (
    UPDATE attune.trigger
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE trigger.label END,
        description = CASE
            WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE trigger.description
        END,
        enabled = CASE WHEN 'enabled' = ANY(:given::text[]) THEN :enabled::boolean ELSE trigger.enabled END,
        param_schema = CASE
            WHEN 'param_schema' = ANY(:given::text[]) THEN :param_schema::jsonb ELSE trigger.param_schema
        END,
        out_schema = CASE WHEN 'out_schema' = ANY(:given::text[]) THEN :out_schema::jsonb ELSE trigger.out_schema END,
        webhook_config = CASE
            WHEN 'webhook_config' = ANY(:given::text[]) THEN :webhook_config::jsonb ELSE trigger.webhook_config
        END,
        updated = clock_timestamp()
    WHERE trigger.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        trigger.id,
        trigger.ref,
        trigger.pack,
        trigger.pack_ref,
        trigger.label,
        trigger.description,
        trigger.enabled,
        trigger.param_schema,
        trigger.out_schema,
        trigger.webhook_enabled,
        trigger.webhook_key,
        trigger.webhook_config,
        trigger.is_adhoc,
        trigger.created,
        trigger.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.label,
    changed.description,
    changed.enabled,
    changed.param_schema,
    changed.out_schema,
    changed.webhook_enabled,
    changed.webhook_key,
    changed.webhook_config,
    changed.is_adhoc,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    trigger.id,
    trigger.ref,
    trigger.pack,
    trigger.pack_ref,
    trigger.label,
    trigger.description,
    trigger.enabled,
    trigger.param_schema,
    trigger.out_schema,
    trigger.webhook_enabled,
    trigger.webhook_key,
    trigger.webhook_config,
    trigger.is_adhoc,
    trigger.created,
    trigger.updated
FROM attune.trigger
WHERE trigger.id = :id::bigint AND cardinality(:given::text[]) = 0;
