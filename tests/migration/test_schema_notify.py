"""What the migrated schema tells on NOTIFY channels: when, with which keys, and that no text is too long for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

import attune_sql
from tests.repositories import factories

COMMON = {"entity_type", "entity_id", "id"}
EVENT = {"trigger", "trigger_ref", "source", "source_ref", "rule", "rule_ref", "has_payload", "created"}
ENFORCEMENT = {"rule", "rule_ref", "trigger_ref", "event", "status", "condition", "created", "resolved_at"}
EXECUTION = {"action_id", "action_ref", "status", "enforcement", "parent", "started_at", "created", "updated"}
INQUIRY = {"execution", "status", "timeout_at", "created", "updated"}
CHANNELS = {
    "event_created": COMMON | EVENT,
    "enforcement_created": COMMON | ENFORCEMENT,
    "enforcement_status_changed": COMMON | ENFORCEMENT | {"old_status"},
    "execution_created": COMMON | EXECUTION,
    "execution_status_changed": COMMON | EXECUTION | {"old_status"},
    "inquiry_created": COMMON | INQUIRY,
    "inquiry_responded": COMMON | INQUIRY | {"old_status"},
    "inquiry_timeout": COMMON | INQUIRY | {"old_status"},
    "Own channel": {"entity_type", "entity", "activity", "id"},
}
SECRET = {"secret": "s3cret" * 2000}
"""More than the 8000 bytes of a payload, and what may not be in one."""


class Listener:
    """A connection that listens on every channel and commits each statement."""

    def __init__(self, dsn: str) -> None:
        self.conn = attune_sql.connect(dsn, autocommit=True)
        self.db = factories.database(self.conn)
        for channel in [*CHANNELS, "end"]:
            self.conn.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))

    def heard(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what has come since the last call; a message of our own comes last."""
        self.conn.execute('NOTIFY "end"')
        heard: list[tuple[str, dict[str, Any]]] = []
        for message in self.conn.notifies(timeout=30):
            if message.channel == "end":
                return heard
            assert "s3cret" not in message.payload
            heard.append((message.channel, json.loads(message.payload)))
        raise AssertionError("the notifications did not come")


@pytest.fixture
def listener(clone_dsn: str) -> Iterator[Listener]:
    listener = Listener(clone_dsn)
    with listener.conn:
        yield listener


def test_notify_tells_of_new_rows_and_real_status_changes_with_slim_payloads(listener: Listener) -> None:
    db = listener.db
    event = factories.event(db, config=SECRET, payload=SECRET)
    enforcement = factories.enforcement(db, event=event, config=SECRET, payload=SECRET, conditions=SECRET)
    execution = factories.execution(db, enforcement=enforcement, config=SECRET, result=SECRET)
    asked = {"execution": execution, "response_schema": SECRET, "prompt": "s3cret" * 2000}
    answered, expired = factories.inquiry(db, **asked), factories.inquiry(db, **asked)
    notification = factories.notification(db, channel="Own channel", content=SECRET)
    for table, id, status in [
        ("enforcement", enforcement.id, "processed"),
        ("execution", execution.id, "scheduling"),
        ("inquiry", answered.id, "responded"),
        ("inquiry", expired.id, "timeout"),
    ]:
        db.execute(f"UPDATE attune.{table} SET status = %s WHERE id = %s", status, id)
    heard = listener.heard()
    assert [(channel, told["id"], told.get("status"), told.get("old_status")) for channel, told in heard] == [
        ("event_created", event.id, None, None),
        ("enforcement_created", enforcement.id, "created", None),
        ("execution_created", execution.id, "requested", None),
        ("inquiry_created", answered.id, "pending", None),
        ("inquiry_created", expired.id, "pending", None),
        ("Own channel", notification.id, None, None),
        ("enforcement_status_changed", enforcement.id, "processed", "created"),
        ("execution_status_changed", execution.id, "scheduling", "requested"),
        ("inquiry_responded", answered.id, "responded", "pending"),
        ("inquiry_timeout", expired.id, "timeout", "pending"),
    ]
    assert [(channel, set(told)) for channel, told in heard] == [(channel, CHANNELS[channel]) for channel, _ in heard]
    assert [told.get("entity_id", told["id"]) for _, told in heard] == [told["id"] for _, told in heard]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attune.event SET payload = '{}', trigger_ref = 'core.other'",
        "UPDATE attune.enforcement SET status = status, payload = '{}'",
        "UPDATE attune.execution SET status = status, result = '{}', updated = now()",
        "UPDATE attune.inquiry SET status = status, response = '{}'",
        "UPDATE attune.inquiry SET status = 'cancelled'",
        "UPDATE attune.notification SET state = 'processing', content = '{}'",
        "DELETE FROM attune.action",
        "DELETE FROM attune.event",
        "DELETE FROM attune.enforcement",
        "DELETE FROM attune.execution",
        "BEGIN; UPDATE attune.execution SET status = 'running'; ROLLBACK",
    ],
)
def test_notify_is_silent_when_no_status_changes(listener: Listener, statement: str) -> None:
    db = listener.db
    enforcement = factories.enforcement(db, event=factories.event(db))
    factories.inquiry(db, execution=factories.execution(db, action=factories.action(db), enforcement=enforcement))
    factories.notification(db, channel="Own channel")
    assert listener.heard()
    db.execute(statement)
    assert listener.heard() == []


@pytest.mark.parametrize("letter", ["x", '"', "\\", "\x01", "é", "🐍"])
def test_a_huge_text_never_makes_a_notify_payload_too_long(conn: psycopg.Connection[Any], letter: str) -> None:
    db, huge = factories.database(conn), letter * 20_000
    factories.event(db, trigger_ref=huge, source_ref=huge, rule_ref=huge)
    enforcement = factories.enforcement(db, trigger_ref=huge, rule_ref=huge)
    execution = factories.execution(db, action_ref=huge)
    factories.notification(db, entity_type=huge, entity=huge, activity=huge)
    db.execute("UPDATE attune.enforcement SET status = 'processed' WHERE id = %s", enforcement.id)
    db.execute("UPDATE attune.execution SET status = 'scheduling' WHERE id = %s", execution.id)
