-- name: list_by_tag(tag)
-- Lists the policies that have a tag, by ref.
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
WHERE policy.tags @> ARRAY[:tag::text]
ORDER BY policy.ref;
