-- name: find_by_name(name)^
-- Returns the first runtime by ref with this name, in upper or lower case, or no row.
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
WHERE lower(runtime.name) = lower(:name::text)
ORDER BY runtime.ref
LIMIT 1;
