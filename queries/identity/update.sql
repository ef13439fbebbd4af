-- name: update(id, display_name, password_hash, attributes, given)^
-- Changes the columns that were given and returns the identity, or no row.
-- @optional display_name, password_hash, attributes
WITH changed AS (
    UPDATE attune.identity
    SET
        display_name = CASE
            WHEN 'display_name' = ANY(:given::text[]) THEN :display_name::text ELSE identity.display_name
        END,
        password_hash = CASE
            WHEN 'password_hash' = ANY(:given::text[]) THEN :password_hash::text ELSE identity.password_hash
        END,
        attributes = CASE WHEN 'attributes' = ANY(:given::text[]) THEN :attributes::jsonb ELSE identity.attributes END,
        updated = clock_timestamp()
    WHERE identity.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        identity.id,
        identity.login,
        identity.display_name,
        identity.password_hash,
        identity.attributes,
        identity.created,
        identity.updated
)

SELECT
    changed.id,
    changed.login,
    changed.display_name,
    changed.password_hash,
    changed.attributes,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    identity.id,
    identity.login,
    identity.display_name,
    identity.password_hash,
    identity.attributes,
    identity.created,
    identity.updated
FROM attune.identity
WHERE identity.id = :id::bigint AND cardinality(:given::text[]) = 0;
