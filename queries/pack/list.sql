-- name: list(limit, after_ref)
-- Lists the packs by ref, after the given ref where there is one.
-- @optional limit, after_ref
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
WHERE pack.ref > COALESCE(:after_ref::text, '')
ORDER BY pack.ref
LIMIT :limit::bigint;
