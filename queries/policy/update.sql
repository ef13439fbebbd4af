-- name: update(id, parameters, method, threshold, name, description, tags, given)^
-- Changes the columns that were given and returns the policy, or no row.
-- @optional parameters, method, threshold, name, description, tags
WITH changed AS (
    UPDATE attune.policy
    SET
        parameters = CASE WHEN 'parameters' = ANY(:given::text[]) THEN :parameters::text[] ELSE policy.parameters END,
        method = CASE
            WHEN 'method' = ANY(:given::text[]) THEN :method::attune.policy_method_enum ELSE policy.method
        END,
        threshold = CASE WHEN 'threshold' = ANY(:given::text[]) THEN :threshold::integer ELSE policy.threshold END,
        name = CASE WHEN 'name' = ANY(:given::text[]) THEN :name::text ELSE policy.name END,
        description = CASE WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE policy.description END,
        tags = CASE WHEN 'tags' = ANY(:given::text[]) THEN :tags::text[] ELSE policy.tags END,
        updated = clock_timestamp()
    WHERE policy.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        policy.id,
        policy.ref,
        policy.pack,
        policy.pack_ref,
        policy.action,
        policy.action_ref,
        policy.parameters,
        policy.method,
        policy.threshold,
        policy.name,
        policy.description,
        policy.tags,
        policy.created,
        policy.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.action,
    changed.action_ref,
    changed.parameters,
    changed.method,
    changed.threshold,
    changed.name,
    changed.description,
    changed.tags,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    policy.id,
    policy.ref,
    policy.pack,
    policy.pack_ref,
    policy.action,
    policy.action_ref,
    policy.parameters,
    policy.method,
    policy.threshold,
    policy.name,
    policy.description,
    policy.tags,
    policy.created,
    policy.updated
FROM attune.policy
WHERE policy.id = :id::bigint AND cardinality(:given::text[]) = 0;
