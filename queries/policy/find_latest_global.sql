-- name: find_latest_global()^
-- Returns the newest policy for neither a pack nor an action, or no row.
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
WHERE policy.pack IS NULL AND policy.action IS NULL
ORDER BY policy.created DESC, policy.id DESC
LIMIT 1;
