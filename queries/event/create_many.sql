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
    FROM ROWS FROM (
        jsonb_to_recordset(:rows::jsonb) AS (
            trigger bigint,
            trigger_ref text,
            config jsonb,
            payload jsonb,
            source bigint,
            source_ref text,
            rule bigint,
            rule_ref text
        )
    ) WITH ORDINALITY AS listed
    ORDER BY listed.ordinality
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

TABLE inserted
ORDER BY id;
