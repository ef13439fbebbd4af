-- name: update(id, label, description, version, conf_schema, config, meta, tags, runtime_deps, is_standard, given)^
-- Changes the columns that were given and returns the pack, or no row.
-- @optional label, description, version, conf_schema, config, meta, tags, runtime_deps, is_standard
WITH changed AS (
    UPDATE attune.pack
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE pack.label END,
        description = CASE WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE pack.description END,
        version = CASE WHEN 'version' = ANY(:given::text[]) THEN :version::text ELSE pack.version END,
        conf_schema = CASE WHEN 'conf_schema' = ANY(:given::text[]) THEN :conf_schema::jsonb ELSE pack.conf_schema END,
        config = CASE WHEN 'config' = ANY(:given::text[]) THEN :config::jsonb ELSE pack.config END,
        meta = CASE WHEN 'meta' = ANY(:given::text[]) THEN :meta::jsonb ELSE pack.meta END,
        tags = CASE WHEN 'tags' = ANY(:given::text[]) THEN :tags::text[] ELSE pack.tags END,
        runtime_deps = CASE
            WHEN 'runtime_deps' = ANY(:given::text[]) THEN :runtime_deps::text[] ELSE pack.runtime_deps
        END,
        is_standard = CASE
            WHEN 'is_standard' = ANY(:given::text[]) THEN :is_standard::boolean ELSE pack.is_standard
        END,
        updated = clock_timestamp()
    WHERE pack.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
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
)

SELECT
    changed.id,
    changed.ref,
    changed.label,
    changed.description,
    changed.version,
    changed.conf_schema,
    changed.config,
    changed.meta,
    changed.tags,
    changed.runtime_deps,
    changed.is_standard,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE pack.id = :id::bigint AND cardinality(:given::text[]) = 0;
