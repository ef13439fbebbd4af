-- name: count_by_pack(pack)$
-- Counts the workflow definitions of a pack, by the pack's id.
SELECT count(*) AS total
FROM attune.workflow_definition
WHERE workflow_definition.pack = :pack::bigint;
