-- name: list(limit, after_ref)
-- Lists the runtimes by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE runtime.ref > COALESCE(:after_ref::text, '')
ORDER BY runtime.ref
LIMIT :limit::bigint;
