-- name: delete_by_pack_excluding(pack, refs)!
-- Deletes the triggers of a pack but those with these refs and ad-hoc ones; returns the number deleted.
WITH doomed AS MATERIALIZED (
    SELECT trigger.id
    FROM attune.trigger
    WHERE trigger.pack = :pack::bigint AND NOT trigger.is_adhoc AND trigger.ref <> ALL(:refs::text[])
    ORDER BY trigger.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR UPDATE
)

DELETE FROM attune.trigger
USING doomed
WHERE trigger.id = doomed.id;
