-- name: update(id, description, name, distributions, installation, given)^
-- Changes the columns that were given and returns the runtime, or no row.
-- @optional description, name, distributions, installation
WITH changed AS (
    UPDATE attune.runtime
    SET
        description = CASE
            WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE runtime.description
        END,
        name = CASE WHEN 'name' = ANY(:given::text[]) THEN :name::text ELSE runtime.name END,
        distributions = CASE
            WHEN 'distributions' = ANY(:given::text[]) THEN :distributions::jsonb ELSE runtime.distributions
        END,
        installation = CASE
            WHEN 'installation' = ANY(:given::text[]) THEN :installation::jsonb ELSE runtime.installation
        END,
        updated = clock_timestamp()
    WHERE runtime.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        runtime.id,
        runtime.ref,
        runtime.pack,
        runtime.pack_ref,
        runtime.description,
        runtime.name,
        runtime.distributions,
        runtime.installation,
        runtime.created,
        runtime.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.description,
    changed.name,
    changed.distributions,
    changed.installation,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    runtime.id,
    runtime.ref,
    runtime.pack,
    runtime.pack_ref,
    runtime.description,
    runtime.name,
    runtime.distributions,
    runtime.installation,
    runtime.created,
    runtime.updated
FROM attune.runtime
WHERE runtime.id = :id::bigint AND cardinality(:given::text[]) = 0;
