-- name: list_by_identity(identity)
-- Lists the permission assignments of an identity, newest first.
SELECT
    permission_assignment.id,
    permission_assignment.identity,
    permission_assignment.permset,
    permission_assignment.created
FROM attune.permission_assignment
WHERE permission_assignment.identity = :identity::bigint
ORDER BY permission_assignment.created DESC, permission_assignment.id DESC;
