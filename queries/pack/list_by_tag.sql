-- name: list_by_tag(tag)
-- Lists the packs that have a tag, by ref.
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
WHERE pack.tags @> ARRAY[:tag::text]
ORDER BY pack.ref;
