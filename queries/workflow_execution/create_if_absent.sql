-- name: create_if_absent(execution, workflow_def, task_graph, variables, status, given)^
-- Adds the run of an execution unless there is one; returns the run, with whether this call made it.
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
/* Not DO NOTHING, which returns no row for a run that another transaction adds meanwhile. Sets nothing anew. */
ON CONFLICT (execution) DO UPDATE
    SET
        execution = workflow_execution.execution
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
    workflow_execution.updated,
    /* An inserted row has no xmax, an updated one that of the lock that the update took. */
    (workflow_execution.xmax = 0) AS inserted;
