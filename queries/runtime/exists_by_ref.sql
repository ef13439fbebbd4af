-- name: exists_by_ref(ref)$
-- Tells whether there is a runtime with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.runtime
    WHERE runtime.ref = :ref::text
) AS found;
