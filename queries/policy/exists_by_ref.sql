-- name: exists_by_ref(ref)$
-- Tells whether there is a policy with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.policy
    WHERE policy.ref = :ref::text
) AS found;
