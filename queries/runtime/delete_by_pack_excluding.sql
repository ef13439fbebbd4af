-- name: delete_by_pack_excluding(pack, refs)!
-- Deletes the runtimes of a pack but those with these refs; returns the number deleted.
WITH doomed AS MATERIALIZED (
    SELECT runtime.id
    FROM attune.runtime
    WHERE runtime.pack = :pack::bigint AND runtime.ref <> ALL(:refs::text[])
    ORDER BY runtime.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR UPDATE
)

DELETE FROM attune.runtime
USING doomed
WHERE runtime.id = doomed.id;
