-- name: list(limit, after_created, after_id)
-- Lists a page of the workflow runs, newest first, after the given row where there is one.
-- @optional after_created, after_id
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
WHERE
    (workflow_execution.created, workflow_execution.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY workflow_execution.created DESC, workflow_execution.id DESC
LIMIT :limit::bigint;
