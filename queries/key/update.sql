-- name: update(id, name, encrypted, encryption_key_hash, value, given)^
-- Changes the columns that were given and returns the key, or no row.
-- @optional name, encrypted, encryption_key_hash, value
WITH changed AS (
    UPDATE attune.key
    SET
        name = CASE WHEN 'name' = ANY(:given::text[]) THEN :name::text ELSE key.name END,
        encrypted = CASE WHEN 'encrypted' = ANY(:given::text[]) THEN :encrypted::boolean ELSE key.encrypted END,
        encryption_key_hash = CASE
            WHEN 'encryption_key_hash' = ANY(:given::text[]) THEN :encryption_key_hash::text
            ELSE key.encryption_key_hash
        END,
        value = CASE WHEN 'value' = ANY(:given::text[]) THEN :value::text ELSE key.value END,
        updated = clock_timestamp()
    WHERE key.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        key.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.owner_type,
    changed.owner,
    changed.owner_identity,
    changed.owner_pack,
    changed.owner_pack_ref,
    changed.owner_action,
    changed.owner_action_ref,
    changed.owner_sensor,
    changed.owner_sensor_ref,
    changed.name,
    changed.encrypted,
    changed.encryption_key_hash,
    changed.value,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE key.id = :id::bigint AND cardinality(:given::text[]) = 0;
