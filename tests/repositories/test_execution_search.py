"""Executions as they are read in numbers: pages, filters, trees, counts and hourly series."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.paging import assert_pages
from tests.repositories.test_execution import STATUSES, UNKNOWN

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("operation", "given"), [("list", {}), ("list_by_status", {"status": "running"}), ("search", {"status": "running"})]
)
def test_pages_are_complete_and_disjoint_when_times_tie(db: Database, operation: str, given: dict[str, str]) -> None:
    for number in range(11):
        factories.execution(db, status="running", created=NOON + timedelta(hours=number // 4))
    assert_pages(getattr(db.execution, operation), given, 11)


@pytest.mark.parametrize("operation", ["list", "list_by_status", "search"])
@pytest.mark.parametrize("half", [{"after_created": NOON}, {"after_id": 1}])
def test_half_a_page_key_is_a_type_error(db: Database, operation: str, half: dict[str, Any]) -> None:
    given = {"status": "running"} if operation == "list_by_status" else {}
    with pytest.raises(TypeError, match=r"after_created.*after_id"):
        getattr(db.execution, operation)(limit=1, **given, **half)


def test_list_by_parent_is_oldest_first_with_id_as_tie_break(db: Database) -> None:
    parent = factories.execution(db)
    made = [factories.execution(db, parent=parent, created=NOON + timedelta(days=day)).id for day in (1, 0, 0, 2)]
    listed = [row.id for row in db.execution.list_by_parent(parent=parent.id)]
    assert listed == [made[1], made[2], made[0], made[3]]


def test_list_by_enforcement_is_newest_first_with_id_as_tie_break(db: Database) -> None:
    top = factories.execution(db, enforcement=factories.enforcement(db), created=NOON)
    made = [
        factories.execution(db, enforcement=top.enforcement, parent=top, created=NOON + timedelta(days=day)).id
        for day in (1, 0, 2)
    ]
    listed = [row.id for row in db.execution.list_by_enforcement(enforcement=top.enforcement)]
    assert listed == [made[2], made[0], made[1], top.id]


@pytest.fixture
def found(db: Database) -> SimpleNamespace:
    """Four executions that differ in every filter, each a day after the one before."""
    who = factories.identity(db)
    asked = factories.enforcement(db, rule_ref="core.rule_a", trigger_ref="core.timer")
    echo = factories.execution(db, action_ref="core.echo", enforcement=asked, executor=who, created=NOON)
    child = factories.execution(
        db, action_ref="core.echo_all", parent=echo, status="running", created=NOON + timedelta(days=1)
    )
    other = factories.execution(
        db,
        action_ref="corelib.echo",
        enforcement=factories.enforcement(db, rule_ref="lib.rule%a", trigger_ref="lib.hook"),
        created=NOON + timedelta(days=2),
    )
    odd = factories.execution(db, action_ref="core.echoXall", created=NOON + timedelta(days=3))
    return SimpleNamespace(echo=echo.id, child=child.id, other=other.id, odd=odd.id, who=who.id, asked=asked.id)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["odd", "other", "child", "echo"]),
        ({"status": "running"}, ["child"]),
        ({"action_ref": "core.echo"}, ["echo"]),
        ({"action_ref": "core.*"}, ["odd", "child", "echo"]),
        ({"action_ref": "core.echo_*"}, ["child"]),
        ({"action_ref": "*.echo"}, ["other", "echo"]),
        ({"action_ref": "core.%"}, []),
        ({"action_ref": "core.ech\\o"}, []),
        ({"action_ref": "*"}, ["odd", "other", "child", "echo"]),
        ({"pack": "core"}, ["odd", "child", "echo"]),
        ({"pack": "cor_"}, []),
        ({"rule_ref": "core.rule_a"}, ["echo"]),
        ({"rule_ref": "*.rule%a"}, ["other"]),
        ({"rule_ref": "*.rule_*"}, ["echo"]),
        ({"trigger_ref": "lib.*"}, ["other"]),
        ({"trigger_ref": "core.timer"}, ["echo"]),
        ({"top_level_only": True}, ["odd", "other", "echo"]),
        ({"top_level_only": False}, ["odd", "other", "child", "echo"]),
        ({"since": NOON + timedelta(days=1)}, ["odd", "other", "child"]),
        ({"until": NOON + timedelta(days=1)}, ["echo"]),
        ({"since": NOON, "until": NOON}, []),
        ({"pack": "core", "top_level_only": True, "since": NOON + timedelta(days=1)}, ["odd"]),
        ({"status": None, "action_ref": None, "since": None}, ["odd", "other", "child", "echo"]),
        ({"limit": 0}, []),
        ({"limit": 2}, ["odd", "other"]),
    ],
    ids=str,
)
def test_search_filters(db: Database, found: SimpleNamespace, given: dict[str, Any], expected: list[str]) -> None:
    rows = db.execution.search(**{"limit": 10, **given})
    assert [row.id for row in rows] == [getattr(found, name) for name in expected]


def test_search_by_reference(db: Database, found: SimpleNamespace) -> None:
    for given, expected in (
        ({"executor": found.who}, [found.echo]),
        ({"enforcement": found.asked}, [found.echo]),
        ({"parent": found.echo}, [found.child]),
        ({"parent": UNKNOWN}, []),
    ):
        assert [row.id for row in db.execution.search(limit=10, **given)] == expected


def test_search_adds_the_refs_of_the_enforcement(db: Database, found: SimpleNamespace) -> None:
    *_, child, echo = db.execution.search(limit=10)
    assert (echo.rule_ref, echo.trigger_ref) == ("core.rule_a", "core.timer")
    assert (child.rule_ref, child.trigger_ref) == (None, None)
    assert echo[:-2] == db.execution.find_by_id(id=found.echo)


def test_an_orphan_is_found_among_those_without_a_parent(db: Database, found: SimpleNamespace) -> None:
    db.execution.delete(id=found.echo)
    assert found.child in [row.id for row in db.execution.search(limit=10, top_level_only=True)]


def test_list_tree_gives_parents_before_children(db: Database) -> None:
    root = factories.execution(db, created=NOON)
    late = factories.execution(db, parent=root, created=NOON + timedelta(days=2))
    early = factories.execution(db, parent=root, created=NOON + timedelta(days=1))
    grandchild = factories.execution(db, parent=late, created=NOON)
    factories.execution(db)
    rows = db.execution.list_tree(id=root.id)
    assert [(row.id, row.depth) for row in rows] == [(root.id, 0), (early.id, 1), (late.id, 1), (grandchild.id, 2)]
    assert rows[0][:-1] == db.execution.find_by_id(id=root.id)
    assert [(row.id, row.depth) for row in db.execution.list_tree(id=late.id)] == [(late.id, 0), (grandchild.id, 1)]
    assert db.execution.list_tree(id=UNKNOWN) == []


def test_list_tree_ends_where_parents_form_a_loop(db: Database) -> None:
    first = factories.execution(db)
    second = factories.execution(db, parent=first)
    db.execute("UPDATE attune.execution SET parent = %s WHERE id = %s", second.id, first.id)
    assert [row.id for row in db.execution.list_tree(id=first.id)] == [first.id, second.id]


def test_count_by_status(db: Database) -> None:
    assert db.execution.count_by_status() == []
    for day, status in enumerate(("failed", "requested", "failed", "running")):
        factories.execution(db, status=status, created=NOON + timedelta(days=day))
    assert db.execution.count_by_status() == [("requested", 1), ("running", 1), ("failed", 2)]
    assert db.execution.count_by_status(since=NOON + timedelta(days=2)) == [("running", 1), ("failed", 1)]
    assert db.execution.count_by_status()[0]._fields == ("status", "count")


def test_count_active_by_action_counts_what_is_not_finished(db: Database) -> None:
    action = factories.action(db)
    for status in STATUSES:
        factories.execution(db, action=action, status=status)
    factories.execution(db)
    assert db.execution.count_active_by_action(action=action.id) == 5
    assert db.execution.count_active_by_action(action=UNKNOWN) == 0


def test_failure_rate(db: Database) -> None:
    before, after = NOON - timedelta(seconds=1), NOON + timedelta(hours=1)
    for status in STATUSES:
        factories.execution(db, status=status, updated=NOON)
    for moment in (before, after):
        factories.execution(db, status="failed", updated=moment)
    factories.execution(db, status="completed", updated=NOON)
    rate = db.execution.failure_rate(since=NOON, until=after)
    assert rate == (2, 1, 1, 4, 50.0)
    assert rate._fields == ("completed", "failed", "timeout", "total", "failure_rate")
    assert isinstance(rate.failure_rate, float)
    assert db.execution.failure_rate(since=after + timedelta(days=1), until=after) == (0, 0, 0, 0, 0.0)


def test_throughput_by_hour_fills_the_gaps(db: Database) -> None:
    for minutes, ref in ((-1, "core.a"), (10, "core.a"), (50, "core.b"), (130, "core.a"), (180, "core.a")):
        factories.execution(db, action_ref=ref, created=NOON + timedelta(minutes=minutes))
    hours = [NOON + timedelta(hours=number) for number in range(3)]
    span = {"since": NOON, "until": NOON + timedelta(hours=3)}
    assert db.execution.throughput_by_hour(**span) == list(zip(hours, (2, 0, 1), strict=True))
    assert db.execution.throughput_by_hour(**span, action_ref="core.b") == list(zip(hours, (1, 0, 0), strict=True))
    part = {"since": NOON + timedelta(minutes=20), "until": NOON + timedelta(minutes=131)}
    assert db.execution.throughput_by_hour(**part) == list(zip(hours, (1, 0, 1), strict=True))
    assert db.execution.throughput_by_hour(since=NOON, until=NOON) == []
    assert db.execution.throughput_by_hour(since=part["until"], until=part["since"]) == []


FAR = [
    ("-infinity", "infinity"),
    (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
    (NOON, "infinity"),
]


@pytest.mark.parametrize(("since", "until"), FAR, ids=str)
def test_throughput_by_hour_between_distant_bounds_lists_the_hours_from_the_first_execution_to_the_last(
    db: Database, since: datetime | str, until: datetime | str
) -> None:
    assert db.execution.throughput_by_hour(since=since, until=until) == []
    for minutes in (10, 130):
        factories.execution(db, action_ref="core.a", created=NOON + timedelta(minutes=minutes))
    factories.execution(db, action_ref="core.b", created=NOON + timedelta(days=1))
    factories.execution(db, action_ref="core.a", created="-infinity")
    hours = [NOON + timedelta(hours=number) for number in range(3)]
    counted = db.execution.throughput_by_hour(since=since, until=until, action_ref="core.a")
    assert counted == list(zip(hours, (1, 0, 1), strict=True))
    assert len(db.execution.throughput_by_hour(since=since, until=until)) == 25
    assert db.execution.throughput_by_hour(since=until, until=since) == []
    assert (
        db.execution.throughput_by_hour(since=since, until=since)
        == db.execution.throughput_by_hour(since=until, until=until)
        == []
    )


def test_throughput_by_hour_lists_every_hour_of_ten_years(db: Database) -> None:
    since, until = NOON - timedelta(days=8 * 365), NOON + timedelta(days=2 * 365)
    factories.execution(db, created=NOON)
    counted = db.execution.throughput_by_hour(since=since, until=until)
    assert [row.hour for row in counted] == [since + timedelta(hours=number) for number in range(10 * 365 * 24)]
    assert sum(row.count for row in counted) == 1


def test_throughput_by_hour_has_the_same_hours_in_every_time_zone(db: Database) -> None:
    factories.execution(db, created=NOON)
    span = {"since": NOON, "until": NOON + timedelta(hours=2)}
    in_utc = db.execution.throughput_by_hour(**span)
    db.execute("SET LOCAL TimeZone = 'Asia/Kolkata'")
    assert db.execution.throughput_by_hour(**span) == in_utc
