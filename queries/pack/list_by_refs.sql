-- name: list_by_refs(refs)
-- Lists the packs with one of these refs, by ref; refs that none has are passed over.
SELECT
    pack.id,
    pack.ref,
    pack.label,
    pack.description,
    pack.version,
    pack.conf_schema,
    pack.config,
    pack.meta,
    pack.tags,
    pack.runtime_deps,
    pack.is_standard,
    pack.created,
    pack.updated
FROM attune.pack
WHERE pack.ref = ANY(:refs::text[])
ORDER BY pack.ref;
