-- name: find_by_ref(ref)^
-- Returns the policy with this ref, or no row.
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
WHERE policy.ref = :ref::text;
