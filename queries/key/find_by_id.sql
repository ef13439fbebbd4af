-- name: find_by_id(id)^
-- Returns the key with this id, or no row.
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
    key.value,
    key.created,
    key.updated
FROM attune.key
WHERE key.id = :id::bigint;
