-- name: list_tree(id)
-- Lists an execution and all its descendants with their depth from 0, parents before children, oldest first.
WITH RECURSIVE tree AS (
    SELECT
        execution.id,
        0 AS depth
    FROM attune.execution
    WHERE execution.id = :id::bigint
    UNION ALL
    SELECT
        execution.id,
        tree.depth + 1 AS depth
    FROM tree
    JOIN attune.execution ON execution.parent = tree.id
)
/* The database refuses no loop of parents; without this clause one would never end. */
CYCLE id SET looped USING path

SELECT
    execution.id,
    execution.action,
    execution.action_ref,
    execution.config,
    execution.parent,
    execution.enforcement,
    execution.executor,
    execution.status,
    execution.result,
    execution.worker,
    execution.started_at,
    execution.retry_count,
    execution.max_retries,
    execution.retry_reason,
    execution.original_execution,
    execution.top_level,
    execution.created,
    execution.updated,
    tree.depth
FROM tree
JOIN attune.execution ON execution.id = tree.id
WHERE NOT tree.looped
ORDER BY tree.depth, execution.created, execution.id;
