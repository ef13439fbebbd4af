-- Creates the schema, its enum types, the execution lifecycle and the function that keeps `updated`.
CREATE SCHEMA IF NOT EXISTS attune;

COMMENT ON SCHEMA attune IS
'Attune: packs of actions and triggers; rules turn events into enforcements, enforcements into executions.';

CREATE TYPE attune.artifact_retention_enum AS ENUM ('versions', 'days', 'hours', 'minutes');

COMMENT ON TYPE attune.artifact_retention_enum IS
'What retention_limit of an artifact counts: its newest versions, or the age of a version in days, hours or minutes.';

CREATE TYPE attune.artifact_type_enum AS ENUM (
    'file_binary',
    'file_datatable',
    'file_image',
    'file_text',
    'other',
    'progress',
    'url'
);

COMMENT ON TYPE attune.artifact_type_enum IS
'How an artifact is shown: a file of some kind, a list of progress entries, a link, or anything else.';

CREATE TYPE attune.enforcement_condition_enum AS ENUM ('any', 'all');

COMMENT ON TYPE attune.enforcement_condition_enum IS
'any: one condition of the rule suffices. all: every condition must hold.';

CREATE TYPE attune.enforcement_status_enum AS ENUM ('created', 'processed', 'disabled');

COMMENT ON TYPE attune.enforcement_status_enum IS
'created: not yet acted upon. processed: its execution was requested. disabled: conditions failed or the rule was off.';

CREATE TYPE attune.execution_status_enum AS ENUM (
    'requested',
    'scheduling',
    'scheduled',
    'running',
    'completed',
    'failed',
    'canceling',
    'cancelled',
    'timeout',
    'abandoned'
);

COMMENT ON TYPE attune.execution_status_enum IS
'requested: waits for a scheduler. scheduling: claimed by one. scheduled: handed to a worker. running: the worker began. '
'canceling: the worker was asked to stop. Finished for ever: completed, failed, cancelled (stopped on request), '
'timeout (took too long), abandoned (its worker vanished). The allowed changes: attune.execution_may_become.';

CREATE TYPE attune.inquiry_status_enum AS ENUM ('pending', 'responded', 'timeout', 'cancelled');

COMMENT ON TYPE attune.inquiry_status_enum IS
'pending: waits for an answer until timeout_at. responded: was answered. timeout: nobody answered. cancelled: withdrawn.';

CREATE TYPE attune.notification_status_enum AS ENUM ('created', 'queued', 'processing', 'error');

COMMENT ON TYPE attune.notification_status_enum IS
'created: new. queued: accepted for delivery. processing: claimed by a deliverer. error: delivery failed.';

CREATE TYPE attune.owner_type_enum AS ENUM ('system', 'identity', 'pack', 'action', 'sensor');

COMMENT ON TYPE attune.owner_type_enum IS
'Who owns a key or an artifact: the system as a whole, an identity, a pack, an action or a sensor.';

CREATE TYPE attune.policy_method_enum AS ENUM ('cancel', 'enqueue');

COMMENT ON TYPE attune.policy_method_enum IS
'What happens to an execution above the threshold of a policy: cancel drops it, enqueue lets it wait.';

CREATE TYPE attune.worker_status_enum AS ENUM ('active', 'inactive', 'busy', 'error');

COMMENT ON TYPE attune.worker_status_enum IS
'active: takes work. inactive: stopped or silent for too long. busy: takes no more work now. error: failed.';

CREATE TYPE attune.worker_type_enum AS ENUM ('local', 'remote', 'container');

COMMENT ON TYPE attune.worker_type_enum IS
'Where a worker runs: on the same host, on another host, or in a container.';

CREATE TYPE attune.work_queue_update_strategy_enum AS ENUM ('immutable', 'replace', 'merge_patch');

COMMENT ON TYPE attune.work_queue_update_strategy_enum IS
'What enqueuing a waiting item key again does: refuse, replace the payload, or merge into it (RFC 7396).';

CREATE TYPE attune.work_queue_batch_mode_enum AS ENUM ('single', 'batch');

COMMENT ON TYPE attune.work_queue_batch_mode_enum IS
'single: one item per dispatched execution. batch: several items share one execution.';

CREATE TYPE attune.work_queue_item_status_enum AS ENUM (
    'queued',
    'leased',
    'retry',
    'completed',
    'failed',
    'skipped',
    'cancelled'
);

COMMENT ON TYPE attune.work_queue_item_status_enum IS
'queued: waits. leased: held by one consumer until the lease expires. retry: waits again after a failure. '
'completed, failed, skipped, cancelled: done with.';

CREATE FUNCTION attune.execution_is_finished(status attune.execution_status_enum)
RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN status IN ('completed', 'failed', 'cancelled', 'timeout', 'abandoned');

COMMENT ON FUNCTION attune.execution_is_finished(attune.execution_status_enum) IS
'Whether an execution with this status has ended; a finished execution never changes its status again.';

CREATE FUNCTION attune.execution_may_become(
    from_status attune.execution_status_enum,
    to_status attune.execution_status_enum
)
RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE from_status
    WHEN 'requested' THEN to_status IN ('scheduling', 'cancelled', 'failed', 'timeout', 'abandoned')
    WHEN 'scheduling' THEN to_status IN ('requested', 'scheduled', 'cancelled', 'failed', 'timeout', 'abandoned')
    WHEN 'scheduled' THEN to_status IN ('requested', 'running', 'cancelled', 'failed', 'timeout', 'abandoned')
    WHEN 'running' THEN to_status IN ('completed', 'failed', 'canceling', 'timeout', 'abandoned')
    WHEN 'canceling' THEN to_status IN ('cancelled', 'completed', 'failed', 'timeout', 'abandoned')
    ELSE false
END;

COMMENT ON FUNCTION attune.execution_may_become(attune.execution_status_enum, attune.execution_status_enum) IS
'The execution lifecycle: whether an execution may go from one status to another. From a finished one, to none.';

CREATE FUNCTION attune.set_updated()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated := pg_catalog.clock_timestamp();
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION attune.set_updated() IS
'Trigger function: notes the moment of a change; the clock, not the start of the transaction, so that it always moves.';
