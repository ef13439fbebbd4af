-- name: revoke(identity, permset)!
-- Takes a permission set from an identity and returns the number of assignments deleted, 1 or 0.
DELETE FROM attune.permission_assignment
WHERE permission_assignment.identity = :identity::bigint AND permission_assignment.permset = :permset::bigint;
