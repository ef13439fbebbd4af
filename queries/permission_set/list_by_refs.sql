-- name: list_by_refs(refs)
-- Lists the permission sets with one of these refs, by ref; refs that none has are passed over.
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
WHERE permission_set.ref = ANY(:refs::text[])
ORDER BY permission_set.ref;
