-- name: exists_by_ref(ref)$
-- Tells whether there is a key with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.key
    WHERE key.ref = :ref::text
) AS found;
