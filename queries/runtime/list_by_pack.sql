-- name: list_by_pack(pack)
-- Lists the runtimes of a pack by ref.
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
WHERE runtime.pack = :pack::bigint
ORDER BY runtime.ref;
