-- name: update(id, current_tasks, completed_tasks, failed_tasks, skipped_tasks, variables, status, error_message, paused, pause_reason, given)^
-- Changes the columns that were given and returns the workflow run, or no row.
-- @optional current_tasks, completed_tasks, failed_tasks, skipped_tasks, variables, status, error_message, paused
-- @optional pause_reason
WITH changed AS (
    UPDATE attune.workflow_execution
    SET
        current_tasks = CASE
            WHEN 'current_tasks' = ANY(:given::text[]) THEN :current_tasks::text[] ELSE workflow_execution.current_tasks
        END,
        completed_tasks = CASE
            WHEN 'completed_tasks' = ANY(:given::text[]) THEN :completed_tasks::text[]
            ELSE workflow_execution.completed_tasks
        END,
        failed_tasks = CASE
            WHEN 'failed_tasks' = ANY(:given::text[]) THEN :failed_tasks::text[] ELSE workflow_execution.failed_tasks
        END,
        skipped_tasks = CASE
            WHEN 'skipped_tasks' = ANY(:given::text[]) THEN :skipped_tasks::text[] ELSE workflow_execution.skipped_tasks
        END,
        variables = CASE
            WHEN 'variables' = ANY(:given::text[]) THEN :variables::jsonb ELSE workflow_execution.variables
        END,
        status = CASE
            WHEN 'status' = ANY(:given::text[]) THEN :status::attune.execution_status_enum
            ELSE workflow_execution.status
        END,
        error_message = CASE
            WHEN 'error_message' = ANY(:given::text[]) THEN :error_message::text ELSE workflow_execution.error_message
        END,
        paused = CASE WHEN 'paused' = ANY(:given::text[]) THEN :paused::boolean ELSE workflow_execution.paused END,
        pause_reason = CASE
            WHEN 'pause_reason' = ANY(:given::text[]) THEN :pause_reason::text ELSE workflow_execution.pause_reason
        END,
        updated = clock_timestamp()
    WHERE workflow_execution.id = :id::bigint AND cardinality(:given::text[]) > 0
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
        workflow_execution.updated
)

SELECT
    changed.id,
    changed.execution,
    changed.workflow_def,
    changed.current_tasks,
    changed.completed_tasks,
    changed.failed_tasks,
    changed.skipped_tasks,
    changed.variables,
    changed.task_graph,
    changed.status,
    changed.error_message,
    changed.paused,
    changed.pause_reason,
    changed.created,
    changed.updated
FROM changed
UNION ALL
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
WHERE workflow_execution.id = :id::bigint AND cardinality(:given::text[]) = 0;
