-- name: create(execution, workflow_def, task_graph, variables, status, given)^
-- Adds a workflow run and returns it.
-- @optional variables, status
INSERT INTO attune.workflow_execution (
    execution,
    workflow_def,
    variables,
    task_graph,
    status
) VALUES (
    :execution::bigint,
    :workflow_def::bigint,
    CASE WHEN 'variables' = ANY(:given::text[]) THEN :variables::jsonb ELSE '{}' END,
    :task_graph::jsonb,
    CASE WHEN 'status' = ANY(:given::text[]) THEN :status::attune.execution_status_enum ELSE 'requested' END
)
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
