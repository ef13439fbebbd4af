-- name: summary(id)^
-- Returns the workflow run with its workflow's names and the numbers of its tasks, or no row.
SELECT
    workflow_execution.id,
    workflow_execution.execution,
    workflow_definition.ref AS workflow_ref,
    workflow_definition.label AS workflow_label,
    workflow_definition.version AS workflow_version,
    workflow_execution.status,
    workflow_execution.paused,
    cardinality(workflow_execution.current_tasks) AS current_task_count,
    cardinality(workflow_execution.completed_tasks) AS completed_task_count,
    cardinality(workflow_execution.failed_tasks) AS failed_task_count,
    cardinality(workflow_execution.skipped_tasks) AS skipped_task_count,
    workflow_execution.error_message,
    workflow_execution.created,
    workflow_execution.updated
FROM attune.workflow_execution
JOIN attune.workflow_definition ON workflow_definition.id = workflow_execution.workflow_def
WHERE workflow_execution.id = :id::bigint;
