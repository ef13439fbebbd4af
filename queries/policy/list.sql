-- name: list(limit, after_ref)
-- Lists the policies by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE policy.ref > COALESCE(:after_ref::text, '')
ORDER BY policy.ref
LIMIT :limit::bigint;
