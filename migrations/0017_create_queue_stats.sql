-- Creates the statistics of the execution queue of each action.
CREATE TABLE attune.queue_stats (
    action_id bigint NOT NULL,
    queue_length integer NOT NULL DEFAULT 0,
    active_count integer NOT NULL DEFAULT 0,
    max_concurrent integer NOT NULL DEFAULT 1,
    oldest_enqueued_at timestamptz,
    total_enqueued bigint NOT NULL DEFAULT 0,
    total_completed bigint NOT NULL DEFAULT 0,
    last_updated timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT queue_stats_pkey PRIMARY KEY (action_id),
    CONSTRAINT queue_stats_action_id_fkey FOREIGN KEY (action_id)
    REFERENCES attune.action (id) ON DELETE CASCADE
);

COMMENT ON TABLE attune.queue_stats IS
'Latest figures of the queue of each action, one row each, overwritten by the process that manages the queue.';
COMMENT ON COLUMN attune.queue_stats.action_id IS 'The action whose executions are queued; deleted with it.';
COMMENT ON COLUMN attune.queue_stats.queue_length IS 'Executions that wait for a place.';
COMMENT ON COLUMN attune.queue_stats.active_count IS 'Executions that hold a place now.';
COMMENT ON COLUMN attune.queue_stats.max_concurrent IS 'Places there are: executions that may be active at once.';
COMMENT ON COLUMN attune.queue_stats.oldest_enqueued_at IS
'Since when the first in the queue has waited; NULL when nobody waits.';
COMMENT ON COLUMN attune.queue_stats.total_enqueued IS 'Executions that ever entered the queue.';
COMMENT ON COLUMN attune.queue_stats.total_completed IS 'Executions that ever gave their place back.';
COMMENT ON COLUMN attune.queue_stats.last_updated IS
'When the figures were reported; each upsert sets it, there is no trigger.';
