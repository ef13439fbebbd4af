"""Orders come in, through synchronous calls: events, and the executions that the rules of the pack make of them."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from attune_sql import queries
from parcels.database import ACTION, PACK, RULE, TRIGGER
from parcels.models import Order


def install(conn: Connection[Any]) -> int:
    """Register the service's pack, once; returns its id."""
    with conn.transaction():
        if (known := queries.pack.find_by_ref(conn, ref=PACK)) is not None:
            queries.pack.update(conn, id=known.id, version="1.0.0")
            return known.id
        pack = queries.pack.create(conn, ref=PACK, label="Parcels", version="1.0.0", tags=["example"])
        python = queries.runtime.create(
            conn, ref="parcels.python", name="Python", distributions={}, pack=pack.id, pack_ref=pack.ref
        )
        action = queries.action.create(
            conn,
            ref=ACTION,
            pack=pack.id,
            pack_ref=pack.ref,
            label="Pack",
            description="Packs an order.",
            entrypoint="pack.py",
            runtime=python.id,
        )
        trigger = queries.trigger.create(conn, ref=TRIGGER, label="Order placed", pack=pack.id, pack_ref=pack.ref)
        queries.rule.create(
            conn,
            ref=RULE,
            pack=pack.id,
            pack_ref=pack.ref,
            label="Pack orders",
            description="Every order is packed.",
            action=action.id,
            action_ref=action.ref,
            trigger=trigger.id,
            trigger_ref=trigger.ref,
            enabled=True,
        )
        return pack.id


def place(conn: Connection[Any], order: Order) -> list[int]:
    """Take an order; returns the ids of the executions that it makes, none while the trigger or its rules are off."""
    with conn.transaction():
        trigger = queries.trigger.find_by_ref(conn, ref=TRIGGER)
        if trigger is None or not trigger.enabled:
            return []
        event = queries.event.create(conn, trigger=trigger.id, trigger_ref=trigger.ref, payload={"item": order["item"]})
        made: list[int] = []
        for rule in queries.rule.list_enabled_by_trigger(conn, trigger=trigger.id):
            enforcement = queries.enforcement.create_if_absent(
                conn,
                rule=rule.id,
                rule_ref=rule.ref,
                trigger_ref=event.trigger_ref,
                event=event.id,
                payload={"item": order["item"]},
            )
            execution = queries.execution.create_top_level_if_absent(
                conn,
                enforcement=enforcement.id,
                action=rule.action,
                action_ref=rule.action_ref,
                config=order,
            )
            queries.enforcement.transition(conn, id=enforcement.id, from_status="created", to_status="processed")
            if execution.inserted:
                made.append(execution.id)
        return made


def withdraw(conn: Connection[Any], id: int) -> bool:
    """Cancel an order; tells whether it was still to be had."""
    execution = queries.execution.cancel(conn, id=id)
    if execution is None:
        return False
    queries.notification.create(
        conn, channel=PACK, entity_type="execution", entity=str(execution.id), activity="cancelled"
    )
    return True


def pause(conn: Connection[Any], enabled: bool) -> bool:
    """Switch the rule of the service; tells whether it is there."""
    rule = queries.rule.find_by_ref(conn, ref=RULE)
    return rule is not None and queries.rule.set_enabled(conn, id=rule.id, enabled=enabled) is not None
