-- name: list_by_permission_set(permset)
-- Lists the assignments of a permission set, newest first.
SELECT
    permission_assignment.id,
    permission_assignment.identity,
    permission_assignment.permset,
    permission_assignment.created
FROM attune.permission_assignment
WHERE permission_assignment.permset = :permset::bigint
ORDER BY permission_assignment.created DESC, permission_assignment.id DESC;
