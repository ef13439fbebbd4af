-- name: list(limit, after_ref)
-- Lists the permission sets by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE permission_set.ref > COALESCE(:after_ref::text, '')
ORDER BY permission_set.ref
LIMIT :limit::bigint;
