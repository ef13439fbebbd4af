"""From events to executions: what Attune does with an event, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from attune_sql import queries
from attune_sql.demo.conditions import matches, split
from attune_sql.demo.failure import DemoError
from attune_sql.demo.pack_store import StoredPack, StoredTrigger
from attune_sql.demo.payloads import Payloads
from attune_sql.demo.templates import TemplateError, render
from attune_sql.generated.rows import Event, ExecutionSearchRow, Rule

PAGE = 1000


@dataclass(slots=True)
class Flow:
    """Fires events and carries them on to executions; notes the ids of what it made.

    deliver_again: an event is delivered a second time after every so many, as a queue does after a failure.
    since: when the first event was created, by the clock of the database; None before.
    """

    conn: psycopg.Connection[Any]
    pack: StoredPack
    deliver_again: int = 10
    fired: int = 0
    redelivered: int = 0
    since: Any = None
    enforcements: set[int] = field(default_factory=set)
    executions: list[int] = field(default_factory=list)

    def fire(self, trigger: StoredTrigger, payload: Any) -> None:
        """Create an event, and for each rule that it fulfils an enforcement and an execution."""
        source, source_ref = trigger.source or (None, None)
        event = queries.event.create(
            self.conn,
            trigger=trigger.id,
            trigger_ref=trigger.ref,
            payload=payload,
            source=source,
            source_ref=source_ref,
        )
        self.since = self.since or event.created
        self._deliver(trigger.id, event, payload)
        self.fired += 1
        if self.fired % self.deliver_again == 0:
            # Delivery is at least once in the real world; the second time must add nothing.
            self._deliver(trigger.id, event, payload)
            self.redelivered += 1

    def _deliver(self, trigger: int, event: Event, payload: Any) -> None:
        values = {"event": {"id": event.id, "trigger": event.trigger_ref, "payload": payload}}
        with self.conn.transaction():
            for rule in queries.rule.list_enabled_by_trigger(self.conn, trigger=trigger):
                if rule.pack == self.pack.id and isinstance(rule.conditions, dict) and matches(rule.conditions, values):
                    self._enforce(rule, rule.conditions, event, values)

    def _enforce(self, rule: Rule, of_rule: Mapping[str, Any], event: Event, values: dict[str, Any]) -> None:
        action = self.pack.actions[rule.action_ref]
        try:
            config = render(rule.action_params, values)
        except TemplateError as error:
            raise DemoError(f"the rule {rule.ref} cannot be applied to the event {event.id}: {error.message}") from None
        condition, conditions = split(of_rule)
        enforcement = queries.enforcement.create_if_absent(
            self.conn,
            rule=rule.id,
            rule_ref=rule.ref,
            trigger_ref=event.trigger_ref,
            event=event.id,
            payload=values["event"]["payload"],
            config=config,
            condition=condition,
            conditions=conditions,
        )
        execution = queries.execution.create_top_level_if_absent(
            self.conn, enforcement=enforcement.id, action=action.id, action_ref=action.ref, config=config
        )
        queries.enforcement.transition(self.conn, id=enforcement.id, from_status="created", to_status="processed")
        if enforcement.inserted:
            self.enforcements.add(enforcement.id)
        if execution.inserted:
            self.executions.append(execution.id)

    def stored_executions(self) -> Iterator[ExecutionSearchRow]:
        """Read every execution of this run from the database, newest first, page by page."""
        after: dict[str, Any] = {}
        while self.since is not None:
            page = queries.execution.search(self.conn, since=self.since, limit=PAGE, **after)
            yield from (row for row in page if row.enforcement in self.enforcements)
            if len(page) < PAGE:
                return
            after = {"after_created": page[-1].created, "after_id": page[-1].id}


def plan(pack: StoredPack, payloads: Payloads, events: int, random: Any) -> Iterator[tuple[StoredTrigger, Any]]:
    """Yield so many triggers with payloads: first the examples of each trigger, then random ones."""
    examples = [(trigger, example) for trigger in pack.triggers for example in payloads.examples(trigger.output)]
    yield from examples[:events]
    for _ in range(events - len(examples)):
        trigger = random.choice(pack.triggers)
        yield trigger, payloads.make(trigger.output)
