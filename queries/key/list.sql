-- name: list(limit, after_ref)
-- Lists the keys by ref, without values, after the given ref where there is one.
-- @optional limit, after_ref
SELECT
    key.id,
    key.ref,
    key.owner_type,
    key.owner,
    key.owner_identity,
    key.owner_pack,
    key.owner_pack_ref,
    key.owner_action,
    key.owner_action_ref,
    key.owner_sensor,
    key.owner_sensor_ref,
    key.name,
    key.encrypted,
    key.encryption_key_hash,
    key.created,
    key.updated
FROM attune.key
WHERE key.ref > COALESCE(:after_ref::text, '')
ORDER BY key.ref
LIMIT :limit::bigint;
