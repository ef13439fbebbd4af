-- name: list_by_refs(refs)
-- Lists the policies with one of these refs, by ref; refs that none has are passed over.
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
WHERE policy.ref = ANY(:refs::text[])
ORDER BY policy.ref;
