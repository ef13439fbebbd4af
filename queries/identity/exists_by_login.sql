-- name: exists_by_login(login)$
-- Tells whether there is an identity with exactly this login.
SELECT EXISTS(
    SELECT
    FROM attune.identity
    WHERE identity.login = :login::text
) AS found;
