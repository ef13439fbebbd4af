-- name: list_by_identity(identity)
-- Lists the permission sets that are assigned to an identity, by ref.
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
JOIN attune.permission_assignment ON permission_assignment.permset = permission_set.id
WHERE permission_assignment.identity = :identity::bigint
ORDER BY permission_set.ref;
