-- name: create_many(rows)
-- Adds an event per object of a JSON array and returns them in its order; a key missing or null is the default.
WITH wanted AS MATERIALIZED (
    SELECT
        /* Ids are drawn in the order of the array and give the order of the result: INSERT itself promises none. */
        nextval('attune.event_id_seq') AS id,
        listed.trigger,
        listed.trigger_ref,
        listed.config,
        listed.payload,
        listed.source,
        listed.source_ref,
        listed.rule,
        listed.rule_ref
    FROM jsonb_array_elements(:rows::jsonb) WITH ORDINALITY AS element (value, place)
    CROSS JOIN
        LATERAL jsonb_to_record(element.value)
            AS listed (
                trigger bigint,
                trigger_ref text,
                config jsonb,
                payload jsonb,
                source bigint,
                source_ref text,
                rule bigint,
                rule_ref text
            )
    ORDER BY element.place
),

inserted AS (
    INSERT INTO attune.event (
        id,
        trigger,
        trigger_ref,
        config,
        payload,
        source,
        source_ref,
        rule,
        rule_ref
    )
    SELECT
        wanted.id,
        wanted.trigger,
        wanted.trigger_ref,
        wanted.config,
        wanted.payload,
        wanted.source,
        wanted.source_ref,
        wanted.rule,
        wanted.rule_ref
    FROM wanted
    RETURNING
        event.id,
        event.trigger,
        event.trigger_ref,
        event.config,
        event.payload,
        event.source,
        event.source_ref,
        event.rule,
        event.rule_ref,
        event.created,
        event.updated
)

SELECT
    inserted.id,
    inserted.trigger,
    inserted.trigger_ref,
    inserted.config,
    inserted.payload,
    inserted.source,
    inserted.source_ref,
    inserted.rule,
    inserted.rule_ref,
    inserted.created,
    inserted.updated
FROM inserted
ORDER BY inserted.id;
