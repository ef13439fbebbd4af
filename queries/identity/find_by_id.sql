-- name: find_by_id(id)^
-- Returns the identity with this id, or no row.
SELECT
    identity.id,
    identity.login,
    identity.display_name,
    identity.password_hash,
    identity.attributes,
    identity.created,
    identity.updated
FROM attune.identity
WHERE identity.id = :id::bigint;
