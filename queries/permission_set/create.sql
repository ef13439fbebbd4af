-- name: create(ref, pack, pack_ref, label, description, grants, given)^
-- Adds a permission set and returns it.
-- @optional pack, pack_ref, label, description, grants
INSERT INTO attune.permission_set (
    ref,
    pack,
    pack_ref,
    label,
    description,
    grants
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :label::text,
    :description::text,
    CASE WHEN 'grants' = ANY(:given::text[]) THEN :grants::jsonb ELSE '[]' END
)
RETURNING
    permission_set.id,
    permission_set.ref,
    permission_set.pack,
    permission_set.pack_ref,
    permission_set.label,
    permission_set.description,
    permission_set.grants,
    permission_set.created,
    permission_set.updated;
