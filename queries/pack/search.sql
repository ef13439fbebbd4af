-- name: search(text, limit)
-- Lists the packs with this text in ref, label or description, in upper or lower case, by ref.
-- @optional limit
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
WHERE
    strpos(lower(pack.ref), lower(:text::text)) > 0
    OR strpos(lower(pack.label), lower(:text::text)) > 0
    OR strpos(lower(pack.description), lower(:text::text)) > 0
ORDER BY pack.ref
LIMIT :limit::bigint;
