-- name: list_by_refs(refs)
-- Lists the runtimes with one of these refs, by ref; refs that none has are passed over.
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
WHERE runtime.ref = ANY(:refs::text[])
ORDER BY runtime.ref;
