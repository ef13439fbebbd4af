-- name: delete_by_pack_excluding(pack, refs)!
-- Deletes the sensors of a pack but those with these refs; returns the number deleted.
WITH doomed AS MATERIALIZED (
    SELECT sensor.id
    FROM attune.sensor
    WHERE sensor.pack = :pack::bigint AND sensor.ref <> ALL(:refs::text[])
    ORDER BY sensor.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR UPDATE
)

DELETE FROM attune.sensor
USING doomed
WHERE sensor.id = doomed.id;
