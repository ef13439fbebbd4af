-- name: create(ref, name, distributions, pack, pack_ref, description, installation)^
-- Adds a runtime, of a pack or of none, and returns it.
-- @optional pack, pack_ref, description, installation
INSERT INTO attune.runtime (
    ref,
    pack,
    pack_ref,
    description,
    name,
    distributions,
    installation
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :description::text,
    :name::text,
    :distributions::jsonb,
    :installation::jsonb
)
RETURNING
    runtime.id,
    runtime.ref,
    runtime.pack,
    runtime.pack_ref,
    runtime.description,
    runtime.name,
    runtime.distributions,
    runtime.installation,
    runtime.created,
    runtime.updated;
