-- name: find_by_ref(ref)^
-- Returns the permission set with this ref, or no row.
SELECT
    permission_set.id,
    permission_set.ref,
    permission_set.pack,
    permission_set.pack_ref,
    permission_set.label,
    permission_set.description,
    permission_set.grants,
    permission_set.created,
    permission_set.updated
FROM attune.permission_set
WHERE permission_set.ref = :ref::text;
