-- name: find_by_login(login)^
-- Returns the identity with exactly this login, upper and lower case told apart, or no row.
SELECT
    identity.id,
    identity.login,
    identity.display_name,
    identity.password_hash,
    identity.attributes,
    identity.created,
    identity.updated
FROM attune.identity
WHERE identity.login = :login::text;
