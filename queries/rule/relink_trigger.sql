-- name: relink_trigger(trigger_ref, trigger)!
-- Links the rules that lost a trigger with this ref to this trigger; returns the number of rules linked.
WITH unlinked AS MATERIALIZED (
    SELECT rule.id
    FROM attune.rule
    WHERE rule.trigger IS NULL AND rule.trigger_ref = :trigger_ref::text
    ORDER BY rule.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR NO KEY UPDATE
)

UPDATE attune.rule
SET
    trigger = :trigger::bigint,
    updated = clock_timestamp()
FROM unlinked
WHERE rule.id = unlinked.id;
