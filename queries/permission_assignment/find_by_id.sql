-- name: find_by_id(id)^
-- Returns the permission assignment with this id, or no row.
SELECT
    permission_assignment.id,
    permission_assignment.identity,
    permission_assignment.permset,
    permission_assignment.created
FROM attune.permission_assignment
WHERE permission_assignment.id = :id::bigint;
