-- name: pause(id, reason, given)^
-- Pauses the workflow run and returns it, or no row; a paused one keeps its reason unless one is given.
-- @optional reason
UPDATE attune.workflow_execution
SET
    paused = true,
    pause_reason = CASE
        WHEN 'reason' = ANY(:given::text[]) THEN :reason::text
        WHEN workflow_execution.paused THEN workflow_execution.pause_reason
    END,
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
