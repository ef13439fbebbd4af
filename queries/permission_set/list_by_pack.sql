-- name: list_by_pack(pack)
-- Lists the permission sets of a pack by ref.
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
WHERE permission_set.pack = :pack::bigint
ORDER BY permission_set.ref;
