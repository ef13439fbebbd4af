"""Enforcements: create to delete, one per rule and event, compare and set, pages, filters, and what they outlive."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import chain
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

import attune_sql
from attune_sql.generated.rows import EnforcementCreateIfAbsentRow, EnforcementStatus
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once
from tests.repositories.paging import assert_pages

UNKNOWN = 2**40
NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
PLAIN = {"rule_ref": "core.rule", "trigger_ref": "core.timer", "payload": {"a": 1}}
STATUSES: tuple[EnforcementStatus, ...] = ("created", "processed", "disabled")


def test_create_defaults_what_is_left_out(db: Database) -> None:
    made = db.enforcement.create(**PLAIN)
    assert {name: getattr(made, name) for name in PLAIN} == PLAIN
    assert (made.rule, made.event, made.config) == (None, None, None)
    assert (made.status, made.condition, made.conditions, made.resolved_at) == ("created", "all", [], None)
    assert made.created == made.updated


@pytest.mark.parametrize("operation", ["create", "create_if_absent"])
def test_create_keeps_every_column(db: Database, operation: str) -> None:
    rule = factories.rule(db)
    given = {
        "rule": rule.id,
        "rule_ref": rule.ref,
        "trigger_ref": rule.trigger_ref,
        "config": {"to": "me"},
        "event": factories.event(db).id,
        "status": "processed",
        "payload": [1, None],
        "condition": "any",
        "conditions": {"or": [{"field": "a"}]},
    }
    made = getattr(db.enforcement, operation)(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert made.resolved_at >= made.created
    assert db.enforcement.find_by_id(id=made.id) == made[:13]


@pytest.mark.parametrize("operation", ["create", "create_if_absent"])
@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"rule_ref": None}, psycopg.errors.NotNullViolation),
        ({"trigger_ref": None}, psycopg.errors.NotNullViolation),
        ({"payload": None}, psycopg.errors.NotNullViolation),
        ({"status": None}, psycopg.errors.NotNullViolation),
        ({"condition": None}, psycopg.errors.NotNullViolation),
        ({"conditions": None}, psycopg.errors.NotNullViolation),
        ({"condition": "none"}, psycopg.errors.InvalidTextRepresentation),
        ({"status": "done"}, psycopg.errors.InvalidTextRepresentation),
        ({"rule": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"event": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
    ids=str,
)
def test_create_refuses(db: Database, operation: str, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error) as caught:
        getattr(db.enforcement, operation)(**{**PLAIN, **columns})
    assert f"enforcement.{operation}" in caught.value.__notes__[0]


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.enforcement.find_by_id(id=UNKNOWN) is None
    assert db.enforcement.update(id=UNKNOWN, status="processed") is None
    assert db.enforcement.update(id=UNKNOWN) is None
    assert db.enforcement.transition(id=UNKNOWN, from_status="created", to_status="processed") is None
    assert db.enforcement.delete(id=UNKNOWN) == 0
    assert db.enforcement.find_by_rule_and_event(rule=UNKNOWN, event=UNKNOWN) is None


def test_update_sets_and_keeps(db: Database) -> None:
    made = db.enforcement.create(**PLAIN)
    changed = db.enforcement.update(id=made.id, payload={"b": 2})
    assert changed == made._replace(payload={"b": 2}, updated=changed.updated)
    assert changed.updated > made.updated
    assert db.enforcement.update(id=made.id, status="processed").payload == {"b": 2}


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    made = db.enforcement.create(**PLAIN)
    assert db.enforcement.update(id=made.id) == made


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"payload": None}, psycopg.errors.NotNullViolation),
        ({"status": None}, psycopg.errors.NotNullViolation),
        ({"status": "done"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_update_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    made = factories.enforcement(db)
    with pytest.raises(error):
        db.enforcement.update(id=made.id, **columns)


@pytest.mark.parametrize("operation", ["update", "transition"])
def test_resolved_at_follows_the_status(db: Database, operation: str) -> None:
    made = db.enforcement.create(**PLAIN)

    def move(from_status: str, to_status: str) -> Any:
        if operation == "update":
            return db.enforcement.update(id=made.id, status=to_status).resolved_at
        step = {"from_status": from_status, "to_status": to_status}
        return db.enforcement.transition(id=made.id, **step).resolved_at

    resolved = move("created", "processed")
    assert resolved >= made.created
    assert move("processed", "disabled") == resolved
    assert move("disabled", "created") is None


@pytest.mark.parametrize("from_status", STATUSES)
def test_transition_compares_and_sets(db: Database, from_status: str) -> None:
    for status in STATUSES:
        made = factories.enforcement(db, status=status)
        changed = db.enforcement.transition(id=made.id, from_status=from_status, to_status="processed")
        assert (changed and changed.status) == ("processed" if status == from_status else None)
        assert db.enforcement.find_by_id(id=made.id).status == ("processed" if status == from_status else status)


@pytest.mark.parametrize("column", ["rule", "event"])
def test_an_enforcement_outlives_what_it_refers_to(db: Database, column: str) -> None:
    target = getattr(factories, column)(db)
    made = factories.enforcement(db, **{column: target})
    db.execute(f"DELETE FROM attune.{column} WHERE id = %s", target.id)
    kept = db.enforcement.find_by_id(id=made.id)
    assert (getattr(kept, column), kept.trigger_ref) == (None, "core.timer")
    if column == "rule":
        assert kept.rule_ref == target.ref


def test_delete_keeps_the_executions(db: Database) -> None:
    made = factories.enforcement(db)
    execution = factories.execution(db, enforcement=made)
    assert db.enforcement.delete(id=made.id) == 1
    assert db.execution.find_by_id(id=execution.id).enforcement is None


def test_create_if_absent_adds_one_per_rule_and_event(db: Database) -> None:
    rule, event, other = factories.rule(db).id, factories.event(db).id, factories.event(db).id
    first = db.enforcement.create_if_absent(**PLAIN, rule=rule, event=event)
    second = db.enforcement.create_if_absent(
        **{**PLAIN, "payload": {"b": 2}}, rule=rule, event=event, status="disabled"
    )
    assert first.inserted is True
    assert second == first._replace(inserted=False)
    assert db.enforcement.find_by_rule_and_event(rule=rule, event=event) == first[:-1]
    assert db.enforcement.create_if_absent(**PLAIN, rule=rule, event=other).inserted is True


@pytest.mark.parametrize("columns", [(), ("rule",), ("event",)])
def test_create_if_absent_without_rule_or_event_always_adds(db: Database, columns: tuple[str, ...]) -> None:
    given = {name: getattr(factories, name)(db).id for name in columns}
    made = [db.enforcement.create_if_absent(**PLAIN, **given) for _ in range(2)]
    assert [row.inserted for row in made] == [True, True]
    assert made[0].id != made[1].id


def test_a_second_enforcement_of_a_rule_and_event_is_refused(db: Database) -> None:
    given = {"rule": factories.rule(db).id, "event": factories.event(db).id}
    db.enforcement.create(**PLAIN, **given)
    with pytest.raises(psycopg.errors.UniqueViolation) as caught:
        db.enforcement.create(**PLAIN, **given)
    assert caught.value.diag.constraint_name == "enforcement_rule_event_key"


def test_pages_are_complete_and_disjoint_when_times_tie(db: Database) -> None:
    rule = factories.rule(db)
    for number in range(11):
        factories.enforcement(db, rule=rule, status="processed", created=NOON + timedelta(hours=number // 4))
        factories.enforcement(db, created=NOON)
    calls: list[tuple[Any, dict[str, Any]]] = [
        (db.enforcement.list_by_rule, {"rule": rule.id}),
        (db.enforcement.list_by_status, {"status": "processed"}),
        (db.enforcement.search, {"rule_ref": rule.ref}),
        (db.enforcement.list, {}),
    ]
    for call, given in calls:
        assert_pages(call, given, 11 if given else 22)


@pytest.mark.parametrize(
    ("operation", "given"),
    [("list", {}), ("list_by_rule", {"rule": 1}), ("list_by_status", {"status": "created"}), ("search", {})],
)
def test_half_a_page_key_is_a_type_error(db: Database, operation: str, given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"after_created.*after_id"):
        getattr(db.enforcement, operation)(limit=1, after_created=NOON, **given)


def test_list_by_event_is_newest_first(db: Database) -> None:
    event = factories.event(db)
    made = [factories.enforcement(db, event=event, created=NOON + timedelta(days=day)).id for day in (1, 0, 0)]
    factories.enforcement(db)
    assert [row.id for row in db.enforcement.list_by_event(event=event.id)] == [made[0], made[2], made[1]]
    assert db.enforcement.list_by_event(event=UNKNOWN) == []


@pytest.fixture
def found(db: Database) -> SimpleNamespace:
    """Two enforcements that differ in every filter."""
    rule, event = factories.rule(db), factories.event(db)
    one = factories.enforcement(db, rule=rule, event=event, status="processed", trigger_ref="core.hook")
    two = factories.enforcement(db, rule_ref="core.other", trigger_ref="core.timer")
    return SimpleNamespace(one=one.id, two=two.id, rule=rule, event=event)


def test_search_filters(db: Database, found: SimpleNamespace) -> None:
    for given, expected in (
        ({}, [found.two, found.one]),
        ({"rule": found.rule.id}, [found.one]),
        ({"event": found.event.id}, [found.one]),
        ({"status": "created"}, [found.two]),
        ({"trigger_ref": "core.hook"}, [found.one]),
        ({"rule_ref": "core.other"}, [found.two]),
        ({"rule_ref": "core.*"}, []),
        ({"rule": found.rule.id, "status": "created"}, []),
        ({"rule": None, "status": None, "trigger_ref": None}, [found.two, found.one]),
        ({"limit": 1}, [found.two]),
        ({"limit": 0}, []),
    ):
        assert [row.id for row in db.enforcement.search(**{"limit": 9, **given})] == expected, given


def test_delete_before_takes_the_oldest_and_leaves_what_is_still_created(db: Database) -> None:
    made = [
        factories.enforcement(db, status=status, created=NOON + timedelta(days=day)).id
        for day, status in ((2, "processed"), (0, "created"), (1, "disabled"), (3, "processed"), (1, "processed"))
    ]
    assert db.enforcement.delete_before(before=NOON + timedelta(days=3), limit=2) == 2
    assert [row.id for row in db.enforcement.list(limit=9)] == [made[3], made[0], made[1]]
    assert db.enforcement.delete_before(before=NOON + timedelta(days=3), limit=0) == 0
    # The last one was created at that very moment, which is not before it.
    assert db.enforcement.delete_before(before=NOON + timedelta(days=3), limit=9) == 1
    assert [row.id for row in db.enforcement.list(limit=9)] == [made[3], made[1]]


def prepare(dsn: str, count: int) -> tuple[int, list[int]]:
    """Commit a rule and events; return their ids."""
    with attune_sql.connect(dsn) as conn:
        db = factories.database(conn)
        return factories.rule(db).id, [factories.event(db).id for _ in range(count)]


def create_if_absent(
    conn: psycopg.Connection[Any], rule: int, event: int, payload: int = 0
) -> EnforcementCreateIfAbsentRow:
    return attune_sql.queries.enforcement.create_if_absent(
        conn, rule_ref="core.rule", trigger_ref="core.timer", payload=payload, rule=rule, event=event
    )


@pytest.mark.parametrize("autocommit", [True, False])
def test_create_if_absent_makes_one_and_gives_it_to_all(clone_dsn: str, autocommit: bool) -> None:
    rule, events = prepare(clone_dsn, 20)

    def work(conn: psycopg.Connection[Any], number: int) -> list[tuple[int, int, bool]]:
        rows = [(event, create_if_absent(conn, rule, event, payload=number)) for event in events]
        assert [row.event for _, row in rows] == events
        return [(event, row.id, row.inserted) for event, row in rows]

    rows = list(chain.from_iterable(at_once(clone_dsn, 24, work, autocommit=autocommit)))
    assert sorted(event for event, _, inserted in rows if inserted) == events
    assert len({(event, id) for event, id, _ in rows}) == len(events)


def test_create_if_absent_of_what_is_there_notifies_nobody(clone_dsn: str) -> None:
    rule, [event] = prepare(clone_dsn, 1)
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        conn.execute("LISTEN enforcement_created")
        conn.execute("LISTEN enforcement_status_changed")
        for _ in range(3):
            create_if_absent(conn, rule, event)
        assert [each.channel for each in conn.notifies(timeout=0.2)] == ["enforcement_created"]


def test_create_if_absent_survives_a_delete_meanwhile(clone_dsn: str) -> None:
    rule, [event] = prepare(clone_dsn, 1)
    operations = attune_sql.queries.enforcement

    def work(conn: psycopg.Connection[Any], number: int) -> Counter[bool]:
        seen: Counter[bool] = Counter()
        for _ in range(25):
            row = create_if_absent(conn, rule, event)
            assert (row.rule, row.event) == (rule, event)
            seen[row.inserted] += 1
            operations.delete(conn, id=row.id)
        return seen

    seen = sum(at_once(clone_dsn, 8, work), Counter())
    assert seen.total() == 200
    assert seen[True] > 0


def test_transition_has_one_winner(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        made = [factories.enforcement(factories.database(conn)).id for _ in range(20)]

    def work(conn: psycopg.Connection[Any], number: int) -> list[int]:
        transition, end = attune_sql.queries.enforcement.transition, STATUSES[1 + number % 2]
        return [id for id in made if transition(conn, id=id, from_status="created", to_status=end)]

    assert sorted(chain.from_iterable(at_once(clone_dsn, 16, work))) == made
