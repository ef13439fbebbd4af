-- name: assign(identity, permset)^
-- Assigns a permission set to an identity and returns the assignment, with whether this call made it.
INSERT INTO attune.permission_assignment (
    identity,
    permset
) VALUES (
    :identity::bigint,
    :permset::bigint
)
/* Not DO NOTHING, which returns no row for an assignment that another transaction makes meanwhile. */
ON CONFLICT (identity, permset) DO UPDATE
    SET
        identity = permission_assignment.identity
RETURNING
    permission_assignment.id,
    permission_assignment.identity,
    permission_assignment.permset,
    permission_assignment.created,
    /* An inserted row has no xmax, an updated one that of the lock that the update took. */
    (permission_assignment.xmax = 0) AS inserted;
