-- name: exists_by_ref(ref)$
-- Tells whether there is a trigger with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.trigger
    WHERE trigger.ref = :ref::text
) AS found;
