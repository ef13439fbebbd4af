-- name: find_by_ref(ref)^
-- Returns the runtime with this ref, or no row.
SELECT
    runtime.id,
    runtime.ref,
    runtime.pack,
    runtime.pack_ref,
    runtime.description,
    runtime.name,
    runtime.distributions,
    runtime.installation,
    runtime.created,
    runtime.updated
FROM attune.runtime
WHERE runtime.ref = :ref::text;
