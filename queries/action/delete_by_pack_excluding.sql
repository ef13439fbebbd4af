-- name: delete_by_pack_excluding(pack, refs)!
-- Deletes the actions of a pack but those with these refs and ad-hoc ones; returns the number deleted.
WITH doomed AS MATERIALIZED (
    SELECT action.id
    FROM attune.action
    WHERE action.pack = :pack::bigint AND NOT action.is_adhoc AND action.ref <> ALL(:refs::text[])
    ORDER BY action.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR UPDATE
)

DELETE FROM attune.action
USING doomed
WHERE action.id = doomed.id;
