-- name: search(limit, status, action_ref, pack, rule_ref, trigger_ref, executor, enforcement, parent, top_level_only, since, until, after_created, after_id)
-- Lists the executions that match the filters given, newest first, with the refs of their enforcement; refs may hold *.
-- @optional status, action_ref, pack, rule_ref, trigger_ref, executor, enforcement, parent, top_level_only
-- @optional since, until, after_created, after_id
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
    enforcement.rule_ref,
    enforcement.trigger_ref
FROM attune.execution
LEFT JOIN attune.enforcement ON enforcement.id = execution.enforcement
WHERE
    (:status::attune.execution_status_enum IS NULL OR execution.status = :status::attune.execution_status_enum)
    /* Only * is special; the characters that LIKE knows stand for themselves. */
    AND (
        :action_ref::text IS NULL
        OR execution.action_ref LIKE
        replace(replace(replace(replace(:action_ref::text, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') ESCAPE '\'
    )
    AND (:pack::text IS NULL OR starts_with(execution.action_ref, :pack::text || '.'))
    AND (
        :rule_ref::text IS NULL
        OR enforcement.rule_ref LIKE
        replace(replace(replace(replace(:rule_ref::text, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') ESCAPE '\'
    )
    AND (
        :trigger_ref::text IS NULL
        OR enforcement.trigger_ref LIKE
        replace(replace(replace(replace(:trigger_ref::text, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') ESCAPE '\'
    )
    AND (:executor::bigint IS NULL OR execution.executor = :executor::bigint)
    AND (:enforcement::bigint IS NULL OR execution.enforcement = :enforcement::bigint)
    AND (:parent::bigint IS NULL OR execution.parent = :parent::bigint)
    AND (:top_level_only::boolean IS NOT TRUE OR execution.parent IS NULL)
    AND execution.created >= COALESCE(:since::timestamptz, '-infinity')
    AND execution.created < COALESCE(:until::timestamptz, 'infinity')
    AND (execution.created, execution.id)
    < (COALESCE(:after_created::timestamptz, 'infinity'), COALESCE(:after_id::bigint, 9223372036854775807))
ORDER BY execution.created DESC, execution.id DESC
LIMIT :limit::bigint;
