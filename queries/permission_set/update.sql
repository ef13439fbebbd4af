-- name: update(id, label, description, grants, given)^
-- Changes the columns that were given and returns the permission set, or no row.
-- @optional label, description, grants
WITH changed AS (
    UPDATE attune.permission_set
    SET
        label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE permission_set.label END,
        description = CASE
            WHEN 'description' = ANY(:given::text[]) THEN :description::text ELSE permission_set.description
        END,
        grants = CASE WHEN 'grants' = ANY(:given::text[]) THEN :grants::jsonb ELSE permission_set.grants END,
        updated = clock_timestamp()
    WHERE permission_set.id = :id::bigint AND cardinality(:given::text[]) > 0
    RETURNING
        permission_set.id,
        permission_set.ref,
        permission_set.pack,
        permission_set.pack_ref,
        permission_set.label,
        permission_set.description,
        permission_set.grants,
        permission_set.created,
        permission_set.updated
)

SELECT
    changed.id,
    changed.ref,
    changed.pack,
    changed.pack_ref,
    changed.label,
    changed.description,
    changed.grants,
    changed.created,
    changed.updated
FROM changed
UNION ALL
SELECT
    permission_set.id,
    permission_set.ref,
    permission_set.pack,
    permission_set.pack_ref,
    permission_set.label,
    permission_set.description,
    permission_set.grants,
    permission_set.created,
    permission_set.updated
FROM attune.permission_set
WHERE permission_set.id = :id::bigint AND cardinality(:given::text[]) = 0;
