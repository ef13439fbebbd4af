-- name: find_latest_by_pack(pack)^
-- Returns the newest policy for a pack as a whole, or no row.
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
WHERE policy.pack = :pack::bigint AND policy.action IS NULL
ORDER BY policy.created DESC, policy.id DESC
LIMIT 1;
