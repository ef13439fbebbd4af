-- name: create(trigger_ref, trigger, config, payload, source, source_ref, rule, rule_ref)^
-- Adds an event and returns it.
-- @optional trigger, config, payload, source, source_ref, rule, rule_ref
INSERT INTO attune.event (
    trigger,
    trigger_ref,
    config,
    payload,
    source,
    source_ref,
    rule,
    rule_ref
) VALUES (
    :trigger::bigint,
    :trigger_ref::text,
    :config::jsonb,
    :payload::jsonb,
    :source::bigint,
    :source_ref::text,
    :rule::bigint,
    :rule_ref::text
)
RETURNING
    event.id,
    event.trigger,
    event.trigger_ref,
    event.config,
    event.payload,
    event.source,
    event.source_ref,
    event.rule,
    event.rule_ref,
    event.created,
    event.updated;
