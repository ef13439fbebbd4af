-- name: list(limit, after_login)
-- Lists the identities by login, after the given login where there is one.
-- @optional limit, after_login
SELECT
    identity.id,
    identity.login,
    identity.display_name,
    identity.password_hash, -- noqa: AT17
    identity.attributes,
    identity.created,
    identity.updated
FROM attune.identity
WHERE
    /* Not a plain >, which would leave out an empty login on the first page. */
    identity.login >= COALESCE(:after_login::text, '')
    AND identity.login IS DISTINCT FROM :after_login::text
ORDER BY identity.login
LIMIT :limit::bigint;
