-- name: list_by_owner_type(owner_type)
-- Lists the keys of an owner type by ref, without values.
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
WHERE key.owner_type = :owner_type::attune.owner_type_enum
ORDER BY key.ref;
