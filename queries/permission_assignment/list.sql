-- name: list(limit, after_created, after_id)
-- Lists a page of the permission assignments, newest first, after the given row where there is one.
-- @optional after_created, after_id
SELECT
    permission_assignment.id,
    permission_assignment.identity,
    permission_assignment.permset,
    permission_assignment.created
FROM attune.permission_assignment
WHERE
    (permission_assignment.created, permission_assignment.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY permission_assignment.created DESC, permission_assignment.id DESC
LIMIT :limit::bigint;
