-- name: list_by_refs(refs)
-- Lists the keys with one of these refs, by ref, without values; refs that none has are passed over.
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
WHERE key.ref = ANY(:refs::text[])
ORDER BY key.ref;
