-- name: create_many(rows)
-- Adds an execution per object of a JSON array and returns them in its order; a key missing or null is the default.
WITH wanted AS MATERIALIZED (
    SELECT
        /* Ids are drawn in the order of the array and give the order of the result: INSERT itself promises none. */
        nextval('attune.execution_id_seq') AS id,
        listed.action,
        listed.action_ref,
        listed.config,
        listed.parent,
        listed.enforcement,
        listed.executor,
        listed.status,
        listed.result,
        listed.worker,
        listed.started_at,
        listed.retry_count,
        listed.max_retries,
        listed.retry_reason,
        listed.original_execution
    FROM jsonb_array_elements(:rows::jsonb) WITH ORDINALITY AS element (value, place)
    CROSS JOIN
        LATERAL jsonb_to_record(element.value)
            AS listed (
                action bigint,
                action_ref text,
                config jsonb,
                parent bigint,
                enforcement bigint,
                executor bigint,
                status attune.execution_status_enum,
                result jsonb,
                worker bigint,
                started_at timestamptz,
                retry_count integer,
                max_retries integer,
                retry_reason text,
                original_execution bigint
            )
    ORDER BY element.place
),

inserted AS (
    INSERT INTO attune.execution (
        id,
        action,
        action_ref,
        config,
        parent,
        enforcement,
        executor,
        status,
        result,
        worker,
        started_at,
        retry_count,
        max_retries,
        retry_reason,
        original_execution
    )
    SELECT
        wanted.id,
        wanted.action,
        wanted.action_ref,
        wanted.config,
        wanted.parent,
        wanted.enforcement,
        wanted.executor,
        COALESCE(wanted.status, 'requested'),
        wanted.result,
        wanted.worker,
        wanted.started_at,
        COALESCE(wanted.retry_count, 0),
        wanted.max_retries,
        wanted.retry_reason,
        wanted.original_execution
    FROM wanted
    RETURNING
        execution.id,
        execution.action,
        execution.action_ref,
        execution.config,
        execution.parent,
        execution.enforcement,
        execution.executor,
        execution.status,
        execution.result,
        execution.worker,
        execution.started_at,
        execution.retry_count,
        execution.max_retries,
        execution.retry_reason,
        execution.original_execution,
        execution.top_level,
        execution.created,
        execution.updated
)

SELECT
    inserted.id,
    inserted.action,
    inserted.action_ref,
    inserted.config,
    inserted.parent,
    inserted.enforcement,
    inserted.executor,
    inserted.status,
    inserted.result,
    inserted.worker,
    inserted.started_at,
    inserted.retry_count,
    inserted.max_retries,
    inserted.retry_reason,
    inserted.original_execution,
    inserted.top_level,
    inserted.created,
    inserted.updated
FROM inserted
ORDER BY inserted.id;
