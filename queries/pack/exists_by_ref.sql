-- name: exists_by_ref(ref)$
-- Tells whether there is a pack with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.pack
    WHERE pack.ref = :ref::text
) AS found;
