-- name: search(owner_type, owner, limit)
-- Lists the keys that match the filters given, by ref, without values.
-- @optional owner_type, owner, limit
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
WHERE
    (:owner_type::attune.owner_type_enum IS NULL OR key.owner_type = :owner_type::attune.owner_type_enum)
    AND (:owner::text IS NULL OR key.owner = :owner::text)
ORDER BY key.ref
LIMIT :limit::bigint;
