-- name: create(login, display_name, password_hash, attributes, given)^
-- Adds an identity and returns it.
-- @optional display_name, password_hash, attributes
INSERT INTO attune.identity (
    login,
    display_name,
    password_hash,
    attributes
) VALUES (
    :login::text,
    :display_name::text,
    :password_hash::text,
    CASE WHEN 'attributes' = ANY(:given::text[]) THEN :attributes::jsonb ELSE '{}' END
)
RETURNING
    identity.id,
    identity.login,
    identity.display_name,
    identity.password_hash,
    identity.attributes,
    identity.created,
    identity.updated;
