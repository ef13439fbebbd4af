"""Rows by the thousand, for every table that grows: the same rows as one by one, in the order given, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40

Columns = dict[str, Any]


class Bulk(NamedTuple):
    """A table's operations for one row and for many, and what a row takes."""

    one: Callable[[Database], Callable[..., Any]]
    many: Callable[[Database], Callable[..., Any]]
    required: Callable[[Database], Columns]
    full: Callable[[Database], Columns]
    numbered: Callable[[int], Columns]
    number_of: Callable[[Any], int]


def _enforcement(db: Database) -> Columns:
    rule = factories.rule(db)
    return {
        "rule": rule.id,
        "rule_ref": rule.ref,
        "trigger_ref": "core.timer",
        "config": {"a": [1, None]},
        "event": factories.event(db).id,
        "status": "disabled",
        "payload": "text",
        "condition": "any",
        "conditions": [{"x": 1}],
    }


def _event(db: Database) -> Columns:
    trigger, sensor, rule = factories.trigger(db), factories.sensor(db), factories.rule(db)
    return {
        "trigger": trigger.id,
        "trigger_ref": trigger.ref,
        "config": {"a": 1},
        "payload": [1, "two", None],
        "source": sensor.id,
        "source_ref": sensor.ref,
        "rule": rule.id,
        "rule_ref": rule.ref,
    }


def _item(db: Database) -> Columns:
    return {
        "queue": factories.work_queue(db, default_priority=3).id,
        "item_key": "key",
        "priority": 7,
        "payload": {"a": 1},
        "metadata": {"b": 2},
        "enqueue_source": "api",
        "requested_by_identity": factories.identity(db).id,
        "requested_by_execution": 5,
        "requested_by_enforcement": 6,
    }


NOTIFICATION = {"channel": "c", "entity_type": "execution", "entity": "1", "activity": "created"}

TABLES = {
    "event": Bulk(
        lambda db: db.event.create,
        lambda db: db.event.create_many,
        lambda db: {"trigger_ref": "core.timer"},
        _event,
        lambda number: {"payload": {"number": number}},
        lambda row: row.payload["number"],
    ),
    "enforcement": Bulk(
        lambda db: db.enforcement.create,
        lambda db: db.enforcement.create_many,
        lambda db: {"rule_ref": "core.rule", "trigger_ref": "core.timer", "payload": {}},
        _enforcement,
        lambda number: {"payload": {"number": number}},
        lambda row: row.payload["number"],
    ),
    "notification": Bulk(
        lambda db: db.notification.create,
        lambda db: db.notification.create_many,
        lambda db: NOTIFICATION,
        lambda db: {**NOTIFICATION, "state": "queued", "content": {"a": [None]}},
        lambda number: {"entity": str(number)},
        lambda row: int(row.entity),
    ),
    "work_queue_item": Bulk(
        lambda db: db.work_queue_item.enqueue,
        lambda db: db.work_queue_item.enqueue_many,
        lambda db: {
            "queue": factories.work_queue(db, default_priority=3).id,
            "payload": {"a": 1},
            "enqueue_source": "api",
        },
        _item,
        lambda number: {"payload": {"number": number}},
        lambda row: row.payload["number"],
    ),
}

every_table = pytest.mark.parametrize("bulk", TABLES.values(), ids=TABLES)


def _but_own(row: Any) -> Columns:
    """Return what the row has of its caller, and of its moments whether they are there."""
    own = {name: value for name, value in row._asdict().items() if name not in ("id", "created", "updated")}
    return {**own, "resolved_at": own.get("resolved_at") is not None}


@every_table
def test_thousands_come_back_in_the_order_given(db: Database, bulk: Bulk) -> None:
    required = bulk.required(db)
    numbers = [(number * 7) % 3000 for number in range(3000)]
    made = bulk.many(db)(rows=[{**required, **bulk.numbered(number)} for number in numbers])
    assert [bulk.number_of(row) for row in made] == numbers
    assert [row.id for row in made] == sorted(row.id for row in made)


@every_table
def test_a_row_is_what_it_would_be_alone(db: Database, bulk: Bulk) -> None:
    required, full = bulk.required(db), bulk.full(db)
    with_none = {**dict.fromkeys(full), **required}
    fewer = bulk.many(db)(rows=[required, with_none])
    (all_columns,) = bulk.many(db)(rows=[full])
    assert {name: getattr(all_columns, name) for name in full} == full
    # Every row that refers to a rule and an event is the only one that does.
    alone = bulk.one(db)(**{name: value for name, value in full.items() if name != "event"})
    assert {**_but_own(all_columns), "event": None} == {**_but_own(alone), "event": None}
    assert [_but_own(row) for row in fewer] == [_but_own(bulk.one(db)(**required))] * 2
    assert type(all_columns) is type(alone)


@every_table
def test_nothing_makes_nothing(db: Database, bulk: Bulk) -> None:
    assert bulk.many(db)(rows=[]) == []


@pytest.mark.parametrize(
    ("table", "wrong", "error"),
    [
        ("event", {"trigger_ref": None}, psycopg.errors.NotNullViolation),
        ("event", {"source": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ("enforcement", {"status": "done"}, psycopg.errors.InvalidTextRepresentation),
        ("enforcement", {"rule": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ("notification", {"channel": None}, psycopg.errors.NotNullViolation),
        ("notification", {"state": "gone"}, psycopg.errors.InvalidTextRepresentation),
        ("work_queue_item", {"queue": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ("work_queue_item", {"payload": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_one_wrong_row_refuses_all(db: Database, table: str, wrong: Columns, error: type[psycopg.Error]) -> None:
    bulk = TABLES[table]
    required = bulk.required(db)
    with pytest.raises(error) as caught:
        bulk.many(db)(rows=[required, {**required, **wrong}])
    assert f"in operation {table}." in caught.value.__notes__[0]
    db.rollback()
    assert db.execute(f"SELECT count(*) FROM attune.{table}") == [(0,)]


def test_items_take_the_ref_and_the_priority_of_their_own_queue(db: Database) -> None:
    queues = [factories.work_queue(db, default_priority=number) for number in (1, 2)]
    made = db.work_queue_item.enqueue_many(
        rows=[{"queue": queue.id, "payload": {}, "enqueue_source": "api"} for queue in (*queues, *queues)]
    )
    assert [(row.queue_ref, row.priority) for row in made] == [
        (queue.ref, queue.default_priority) for queue in queues
    ] * 2


def test_an_event_for_a_rule_twice_is_refused(db: Database) -> None:
    full = _enforcement(db)
    with pytest.raises(psycopg.errors.UniqueViolation):
        db.enforcement.create_many(rows=[full, full])
