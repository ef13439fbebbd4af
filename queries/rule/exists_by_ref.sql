-- name: exists_by_ref(ref)$
-- Tells whether there is a rule with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.rule
    WHERE rule.ref = :ref::text
) AS found;
