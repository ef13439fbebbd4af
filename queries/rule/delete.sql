-- name: delete(id)!
-- Deletes the rule with this id and returns the number deleted.
DELETE FROM attune.rule
WHERE rule.id = :id::bigint;
