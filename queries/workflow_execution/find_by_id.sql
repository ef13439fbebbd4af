-- name: find_by_id(id)^
-- Returns the workflow run with this id, or no row.
SELECT
    workflow_execution.id,
    workflow_execution.execution,
    workflow_execution.workflow_def,
    workflow_execution.current_tasks,
    workflow_execution.completed_tasks,
    workflow_execution.failed_tasks,
    workflow_execution.skipped_tasks,
    workflow_execution.variables,
    workflow_execution.task_graph,
    workflow_execution.status,
    workflow_execution.error_message,
    workflow_execution.paused,
    workflow_execution.pause_reason,
    workflow_execution.created,
    workflow_execution.updated
FROM attune.workflow_execution
WHERE workflow_execution.id = :id::bigint;
