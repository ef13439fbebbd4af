-- name: create_many(rows)
-- Adds an enforcement per object of a JSON array and returns them in its order; a key missing or null is the default.
WITH wanted AS MATERIALIZED (
    SELECT
        /* Ids are drawn in the order of the array and give the order of the result: INSERT itself promises none. */
        nextval('attune.enforcement_id_seq') AS id,
        listed.rule,
        listed.rule_ref,
        listed.trigger_ref,
        listed.config,
        listed.event,
        listed.status,
        listed.payload,
        listed.condition,
        listed.conditions
    FROM jsonb_array_elements(:rows::jsonb) WITH ORDINALITY AS element (value, place)
    CROSS JOIN
        LATERAL jsonb_to_record(element.value)
            AS listed (
                rule bigint,
                rule_ref text,
                trigger_ref text,
                config jsonb,
                event bigint,
                status attune.enforcement_status_enum,
                payload jsonb,
                condition attune.enforcement_condition_enum,
                conditions jsonb
            )
    ORDER BY element.place
),

inserted AS (
    INSERT INTO attune.enforcement (
        id,
        rule,
        rule_ref,
        trigger_ref,
        config,
        event,
        status,
        payload,
        condition,
        conditions
    )
    SELECT
        wanted.id,
        wanted.rule,
        wanted.rule_ref,
        wanted.trigger_ref,
        wanted.config,
        wanted.event,
        COALESCE(wanted.status, 'created'),
        wanted.payload,
        COALESCE(wanted.condition, 'all'),
        COALESCE(wanted.conditions, '[]')
    FROM wanted
    RETURNING
        enforcement.id,
        enforcement.rule,
        enforcement.rule_ref,
        enforcement.trigger_ref,
        enforcement.config,
        enforcement.event,
        enforcement.status,
        enforcement.payload,
        enforcement.condition,
        enforcement.conditions,
        enforcement.resolved_at,
        enforcement.created,
        enforcement.updated
)

SELECT
    inserted.id,
    inserted.rule,
    inserted.rule_ref,
    inserted.trigger_ref,
    inserted.config,
    inserted.event,
    inserted.status,
    inserted.payload,
    inserted.condition,
    inserted.conditions,
    inserted.resolved_at,
    inserted.created,
    inserted.updated
FROM inserted
ORDER BY inserted.id;
