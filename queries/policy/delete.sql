-- name: delete(id)!
-- Deletes the policy with this id and returns the number deleted.
DELETE FROM attune.policy
WHERE policy.id = :id::bigint;
