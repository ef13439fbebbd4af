-- name: find_by_ref(ref)^
-- Returns the pack with this ref, or no row.
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
WHERE pack.ref = :ref::text;
