-- name: create(ref, owner_type, name, encrypted, value, owner_identity, owner_pack, owner_pack_ref, owner_action, owner_action_ref, owner_sensor, owner_sensor_ref, encryption_key_hash)^
-- Adds a key and returns it; its one owner column must be that of the owner type, and none for system.
-- @optional owner_identity, owner_pack, owner_pack_ref, owner_action, owner_action_ref, owner_sensor, owner_sensor_ref
-- @optional encryption_key_hash
INSERT INTO attune.key (
    ref,
    owner_type,
    owner_identity,
    owner_pack,
    owner_pack_ref,
    owner_action,
    owner_action_ref,
    owner_sensor,
    owner_sensor_ref,
    name,
    encrypted,
    encryption_key_hash,
    value
) VALUES (
    :ref::text,
    :owner_type::attune.owner_type_enum,
    :owner_identity::bigint,
    :owner_pack::bigint,
    :owner_pack_ref::text,
    :owner_action::bigint,
    :owner_action_ref::text,
    :owner_sensor::bigint,
    :owner_sensor_ref::text,
    :name::text,
    :encrypted::boolean,
    :encryption_key_hash::text,
    :value::text
)
RETURNING
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
    key.updated;
