-- name: exists_by_ref(ref)$
-- Tells whether there is a permission set with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.permission_set
    WHERE permission_set.ref = :ref::text
) AS found;
