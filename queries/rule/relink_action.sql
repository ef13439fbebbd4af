-- name: relink_action(action_ref, action)!
-- Links the rules that lost an action with this ref to this action; returns the number of rules linked.
WITH unlinked AS MATERIALIZED (
    SELECT rule.id
    FROM attune.rule
    WHERE rule.action IS NULL AND rule.action_ref = :action_ref::text
    ORDER BY rule.id
    /* Locked in one order, so that concurrent calls wait for one another and do not deadlock. */
    FOR NO KEY UPDATE
)

UPDATE attune.rule
SET
    action = :action::bigint,
    updated = clock_timestamp()
FROM unlinked
WHERE rule.id = unlinked.id;
