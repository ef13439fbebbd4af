-- name: create(ref, label, version, description, conf_schema, config, meta, tags, runtime_deps, is_standard, given)^
-- Adds a pack and returns it.
-- @optional description, conf_schema, config, meta, tags, runtime_deps, is_standard
INSERT INTO attune.pack (
    ref,
    label,
    description,
    version,
    conf_schema,
    config,
    meta,
    tags,
    runtime_deps,
    is_standard
) VALUES (
    :ref::text,
    :label::text,
    :description::text,
    :version::text,
    CASE WHEN 'conf_schema' = ANY(:given::text[]) THEN :conf_schema::jsonb ELSE '{}'::jsonb END,
    CASE WHEN 'config' = ANY(:given::text[]) THEN :config::jsonb ELSE '{}'::jsonb END,
    CASE WHEN 'meta' = ANY(:given::text[]) THEN :meta::jsonb ELSE '{}'::jsonb END,
    CASE WHEN 'tags' = ANY(:given::text[]) THEN :tags::text[] ELSE '{}'::text[] END,
    CASE WHEN 'runtime_deps' = ANY(:given::text[]) THEN :runtime_deps::text[] ELSE '{}'::text[] END,
    CASE WHEN 'is_standard' = ANY(:given::text[]) THEN :is_standard::boolean ELSE false END
)
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
    pack.updated;
