-- name: create(identity, permset)^
-- Assigns a permission set to an identity and returns the assignment; refused when there is one already.
INSERT INTO attune.permission_assignment (
    identity,
    permset
) VALUES (
    :identity::bigint,
    :permset::bigint
)
RETURNING
    permission_assignment.id,
    permission_assignment.identity,
    permission_assignment.permset,
    permission_assignment.created;
