-- name: delete_by_pack_excluding(pack, refs)!
-- Deletes the rules of a pack but those with these refs; returns the number deleted.
WITH doomed AS MATERIALIZED (
    SELECT rule.id
    FROM attune.rule
    WHERE rule.pack = :pack::bigint AND rule.ref <> ALL(:refs::text[])
    ORDER BY rule.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR UPDATE
)

DELETE FROM attune.rule
USING doomed
WHERE rule.id = doomed.id;
