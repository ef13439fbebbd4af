-- name: resume(id)^
-- Ends the pause of the workflow run, clears its reason and returns the run, or no row.
UPDATE attune.workflow_execution
SET
    paused = false,
    pause_reason = NULL,
    updated = clock_timestamp()
WHERE workflow_execution.id = :id::bigint
RETURNING
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
    workflow_execution.updated;
