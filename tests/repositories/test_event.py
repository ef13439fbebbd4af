"""Events: create to delete, pages, globs, the hourly series, and that they outlive trigger, sensor and rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once
from tests.repositories.paging import assert_pages

UNKNOWN = 2**40
NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


def test_create_takes_the_trigger_ref_and_defaults_the_rest(db: Database) -> None:
    made = db.event.create(trigger_ref="core.timer")
    assert made.trigger_ref == "core.timer"
    assert set(made[1:-2]) == {None, "core.timer"}
    assert made.created == made.updated


def test_create_keeps_every_column(db: Database) -> None:
    trigger, sensor, rule = factories.trigger(db), factories.sensor(db), factories.rule(db)
    given = {
        "trigger": trigger.id,
        "trigger_ref": trigger.ref,
        "config": {"every": 60},
        "payload": [{"at": None}, "text"],
        "source": sensor.id,
        "source_ref": sensor.ref,
        "rule": rule.id,
        "rule_ref": rule.ref,
    }
    made = db.event.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.event.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"trigger_ref": None}, psycopg.errors.NotNullViolation),
        ({"trigger": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"source": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"rule": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_create_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error) as caught:
        db.event.create(**{"trigger_ref": "core.timer", **columns})
    assert "event.create" in caught.value.__notes__[0]


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.event.find_by_id(id=UNKNOWN) is None
    assert db.event.update(id=UNKNOWN, config={}) is None
    assert db.event.update(id=UNKNOWN) is None
    assert db.event.delete(id=UNKNOWN) == 0


def test_update_sets_keeps_and_clears(db: Database) -> None:
    made = db.event.create(trigger_ref="core.timer", config={"a": 1}, payload={"b": 2})
    changed = db.event.update(id=made.id, payload={"c": 3})
    assert changed == made._replace(payload={"c": 3}, updated=changed.updated)
    assert changed.updated > made.updated
    cleared = db.event.update(id=made.id, config=None, payload=None)
    assert (cleared.config, cleared.payload) == (None, None)


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    made = db.event.create(trigger_ref="core.timer", config={"a": 1})
    assert db.event.update(id=made.id) == made


def test_delete_keeps_the_enforcements(db: Database) -> None:
    made = factories.event(db)
    enforcement = factories.enforcement(db, event=made)
    assert db.event.delete(id=made.id) == 1
    assert db.enforcement.find_by_id(id=enforcement.id).event is None


@pytest.mark.parametrize(
    ("column", "factory"), [("trigger", factories.trigger), ("source", factories.sensor), ("rule", factories.rule)]
)
def test_an_event_outlives_what_it_refers_to(db: Database, column: str, factory: Any) -> None:
    target = factory(db)
    made = factories.event(db, **{column: target})
    db.execute(f"DELETE FROM attune.{factory.__name__} WHERE id = %s", target.id)
    kept = db.event.find_by_id(id=made.id)
    assert (getattr(kept, column), getattr(kept, f"{column}_ref")) == (None, target.ref)
    if column == "trigger":
        assert db.event.list_by_trigger(trigger=target.id, limit=9) == []
        assert db.event.list_by_trigger_ref(trigger_ref=target.ref, limit=9) == [kept]


def test_pages_are_complete_and_disjoint_when_times_tie(db: Database) -> None:
    trigger, sensor = factories.trigger(db), factories.sensor(db)
    for number in range(11):
        factories.event(db, trigger=trigger, source=sensor, created=NOON + timedelta(hours=number // 4))
        factories.event(db, created=NOON)
    calls: list[tuple[Any, dict[str, Any]]] = [
        (db.event.list_by_trigger, {"trigger": trigger.id}),
        (db.event.list_by_trigger_ref, {"trigger_ref": trigger.ref}),
        (db.event.list_by_source, {"source": sensor.id}),
        (db.event.search, {"source": sensor.id}),
        (db.event.list, {}),
    ]
    for call, given in calls:
        assert_pages(call, given, 11 if given else 22)


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("list", {}),
        ("search", {}),
        ("list_by_trigger", {"trigger": 1}),
        ("list_by_trigger_ref", {"trigger_ref": "core.timer"}),
        ("list_by_source", {"source": 1}),
    ],
)
def test_half_a_page_key_is_a_type_error(db: Database, operation: str, given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"after_created.*after_id"):
        getattr(db.event, operation)(limit=1, after_id=1, **given)


@pytest.fixture
def found(db: Database) -> SimpleNamespace:
    """Three events that differ in every filter, each a day after the one before."""
    sensor = factories.sensor(db)
    timer = factories.event(db, trigger_ref="core.timer_a", source=sensor, created=NOON)
    hook = factories.event(db, trigger_ref="core.timerXa", rule_ref="lib.rule", created=NOON + timedelta(days=1))
    other = factories.event(db, trigger_ref="corelib.timer", rule_ref="core.r%", created=NOON + timedelta(days=2))
    return SimpleNamespace(timer=timer.id, hook=hook.id, other=other.id, sensor=sensor.id)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["other", "hook", "timer"]),
        ({"trigger_ref": "core.timer_a"}, ["timer"]),
        ({"trigger_ref": "core.*"}, ["hook", "timer"]),
        ({"trigger_ref": "core.timer_*"}, ["timer"]),
        ({"trigger_ref": "core*timer"}, ["other"]),
        ({"trigger_ref": "core.%"}, []),
        ({"rule_ref": "*.rule"}, ["hook"]),
        ({"rule_ref": "core.r%"}, ["other"]),
        ({"rule_ref": "*"}, ["other", "hook"]),
        ({"since": NOON + timedelta(days=1)}, ["other", "hook"]),
        ({"until": NOON + timedelta(days=1)}, ["timer"]),
        ({"since": NOON + timedelta(days=1), "rule_ref": "lib.*", "trigger_ref": "core.*"}, ["hook"]),
        ({"trigger_ref": None, "source": None, "until": None}, ["other", "hook", "timer"]),
        ({"limit": 1}, ["other"]),
        ({"limit": 0}, []),
    ],
    ids=str,
)
def test_search_filters(db: Database, found: SimpleNamespace, given: dict[str, Any], expected: list[str]) -> None:
    rows = db.event.search(**{"limit": 10, **given})
    assert [row.id for row in rows] == [getattr(found, name) for name in expected]


def test_search_by_source(db: Database, found: SimpleNamespace) -> None:
    assert [row.id for row in db.event.search(source=found.sensor, limit=10)] == [found.timer]
    assert db.event.search(source=UNKNOWN, limit=10) == []


def test_count_by_hour_fills_the_gaps(db: Database) -> None:
    for minutes, ref in ((-1, "core.a"), (10, "core.a"), (50, "core.b"), (130, "core.a"), (180, "core.a")):
        factories.event(db, trigger_ref=ref, created=NOON + timedelta(minutes=minutes))
    hours = [NOON + timedelta(hours=number) for number in range(3)]
    span = {"since": NOON, "until": NOON + timedelta(hours=3)}
    counted = db.event.count_by_hour(**span)
    assert counted == list(zip(hours, (2, 0, 1), strict=True))
    assert counted[0]._fields == ("hour", "count")
    assert db.event.count_by_hour(**span, trigger_ref="core.b") == list(zip(hours, (1, 0, 0), strict=True))
    part = {"since": NOON + timedelta(minutes=20), "until": NOON + timedelta(minutes=131)}
    assert db.event.count_by_hour(**part) == list(zip(hours, (1, 0, 1), strict=True))
    assert db.event.count_by_hour(since=NOON, until=NOON) == []
    assert db.event.count_by_hour(since=part["until"], until=part["since"]) == []


FAR = [
    ("-infinity", "infinity"),
    (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
    (NOON, "infinity"),
]


@pytest.mark.parametrize(("since", "until"), FAR, ids=str)
def test_count_by_hour_between_distant_bounds_lists_the_hours_from_the_first_event_to_the_last(
    db: Database, since: datetime | str, until: datetime | str
) -> None:
    assert db.event.count_by_hour(since=since, until=until) == []
    for minutes in (10, 130):
        factories.event(db, trigger_ref="core.a", created=NOON + timedelta(minutes=minutes))
    factories.event(db, trigger_ref="core.b", created=NOON + timedelta(days=1))
    factories.event(db, trigger_ref="core.a", created="-infinity")
    hours = [NOON + timedelta(hours=number) for number in range(3)]
    counted = db.event.count_by_hour(since=since, until=until, trigger_ref="core.a")
    assert counted == list(zip(hours, (1, 0, 1), strict=True))
    assert len(db.event.count_by_hour(since=since, until=until)) == 25
    assert db.event.count_by_hour(since=until, until=since) == []
    assert db.event.count_by_hour(since=since, until=since) == db.event.count_by_hour(since=until, until=until) == []


def test_count_by_hour_lists_every_hour_of_ten_years(db: Database) -> None:
    since, until = NOON - timedelta(days=8 * 365), NOON + timedelta(days=2 * 365)
    factories.event(db, created=NOON)
    counted = db.event.count_by_hour(since=since, until=until)
    assert [row.hour for row in counted] == [since + timedelta(hours=number) for number in range(10 * 365 * 24)]
    assert sum(row.count for row in counted) == 1


def test_delete_before_takes_the_oldest(db: Database) -> None:
    made = [factories.event(db, created=NOON + timedelta(days=day)).id for day in (2, 0, 1, 3)]
    assert db.event.delete_before(before=NOON + timedelta(days=3), limit=2) == 2
    assert [row.id for row in db.event.list(limit=9)] == [made[3], made[0]]
    assert db.event.delete_before(before=NOON + timedelta(days=3), limit=-1) == 0
    # The last one was created at that very moment, which is not before it.
    assert db.event.delete_before(before=NOON + timedelta(days=3), limit=9) == 1
    assert [row.id for row in db.event.list(limit=9)] == [made[3]]


def test_delete_before_deletes_each_event_once(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        db = factories.database(conn)
        rule = factories.rule(db)
        for _ in range(200):
            factories.enforcement(db, rule=rule, event=factories.event(db, created=NOON))

    def work(conn: psycopg.Connection[Any], number: int) -> int:
        total = 0
        while deleted := attune_sql.queries.event.delete_before(conn, before=NOON + timedelta(days=1), limit=7):
            total += deleted
        return total

    assert sum(at_once(clone_dsn, 16, work)) == 200
