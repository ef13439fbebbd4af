-- name: exists_by_ref(ref)$
-- Tells whether there is an action with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.action
    WHERE action.ref = :ref::text
) AS found;
