-- name: list_by_action(action)
-- Lists the policies for an action by ref.
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
WHERE policy.action = :action::bigint
ORDER BY policy.ref;
