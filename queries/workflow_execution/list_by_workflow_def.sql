-- name: list_by_workflow_def(workflow_def)
-- Lists the runs of a workflow definition, newest first.
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
WHERE workflow_execution.workflow_def = :workflow_def::bigint
ORDER BY workflow_execution.created DESC, workflow_execution.id DESC;
