-- name: exists_by_ref(ref)$
-- Tells whether there is a workflow definition with this ref.
SELECT EXISTS(
    SELECT
    FROM attune.workflow_definition
    WHERE workflow_definition.ref = :ref::text
) AS found;
