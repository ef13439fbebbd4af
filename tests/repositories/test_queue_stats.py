"""Queue figures: overwritten as a whole, many at once in the order given, and no deadlock between batches."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once

UNKNOWN = 2**40
OLDEST = datetime(2026, 1, 14, 12, 30, 0, 250, tzinfo=UTC)
FIGURES = {
    "queue_length": 3,
    "active_count": 2,
    "max_concurrent": 5,
    "oldest_enqueued_at": OLDEST,
    "total_enqueued": 2**40,
    "total_completed": 7,
}
DEFAULTS = {
    "queue_length": 0,
    "active_count": 0,
    "max_concurrent": 1,
    "oldest_enqueued_at": None,
    "total_enqueued": 0,
    "total_completed": 0,
}


def _actions(db: Database, count: int) -> list[int]:
    pack = factories.pack(db)
    return [factories.action(db, pack=pack).id for _ in range(count)]


def _figures(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIGURES}


def _store(db: Database, many: bool, **columns: Any) -> Any:
    """Set the figures of one queue, by `upsert` or as a batch of one by `upsert_many`."""
    if not many:
        return db.queue_stats.upsert(**columns)
    (row,) = db.queue_stats.upsert_many(rows=[columns])
    return row


@pytest.mark.parametrize("many", [False, True])
def test_upsert_adds_the_figures_and_then_overwrites_every_column(db: Database, many: bool) -> None:
    (action,) = _actions(db, 1)
    first = _store(db, many, action_id=action, **FIGURES)
    assert (first.action_id, _figures(first)) == (action, FIGURES)
    second = _store(db, many, action_id=action, queue_length=1)
    assert _figures(second) == {**DEFAULTS, "queue_length": 1}
    assert second.last_updated > first.last_updated
    assert db.queue_stats.find_by_action(action_id=action) == second


@pytest.mark.parametrize("many", [False, True])
def test_upsert_defaults_what_is_left_out(db: Database, many: bool) -> None:
    (action,) = _actions(db, 1)
    assert _figures(_store(db, many, action_id=action)) == DEFAULTS


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"action_id": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"action_id": None}, psycopg.errors.NotNullViolation),
        ({"action_id": UNKNOWN, "queue_length": 2**31}, psycopg.errors.NumericValueOutOfRange),
    ],
)
def test_upsert_refuses(db: Database, many: bool, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error):
        _store(db, many, **columns)


def test_upsert_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    (action,) = _actions(db, 1)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.queue_stats.upsert(action_id=action, queue_length=None)


def test_upsert_many_takes_null_as_left_out(db: Database) -> None:
    (action,) = _actions(db, 1)
    (row,) = db.queue_stats.upsert_many(rows=[{"action_id": action, **dict.fromkeys(FIGURES)}])
    assert _figures(row) == DEFAULTS


def test_upsert_many_returns_the_rows_in_the_order_given(db: Database) -> None:
    actions = _actions(db, 40)
    random.Random(7).shuffle(actions)
    rows = db.queue_stats.upsert_many(rows=[{"action_id": each, "queue_length": each % 100} for each in actions])
    assert [(row.action_id, row.queue_length) for row in rows] == [(each, each % 100) for each in actions]
    assert rows == [db.queue_stats.find_by_action(action_id=each) for each in actions]
    assert db.queue_stats.upsert_many(rows=[]) == []


def test_upsert_many_refuses_an_action_that_is_given_twice(db: Database) -> None:
    (action,) = _actions(db, 1)
    with pytest.raises(psycopg.errors.CardinalityViolation):
        db.queue_stats.upsert_many(rows=[{"action_id": action}, {"action_id": action}])


def test_upsert_many_refuses_what_is_no_list(db: Database) -> None:
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        db.queue_stats.upsert_many(rows={"action_id": 1})


def test_lists_put_the_latest_change_first_and_the_higher_action_when_times_tie(db: Database) -> None:
    idle, waiting, running, late = actions = _actions(db, 4)
    db.queue_stats.upsert_many(
        rows=[
            {"action_id": idle},
            {"action_id": waiting, "queue_length": 1},
            {"action_id": running, "active_count": 1},
            {"action_id": late, "queue_length": 1, "active_count": 1},
        ]
    )
    db.execute("UPDATE attune.queue_stats SET last_updated = now() WHERE action_id = ANY(%s)", actions)
    db.execute("UPDATE attune.queue_stats SET last_updated = now() + interval '1 hour' WHERE action_id = %s", waiting)
    assert [row.action_id for row in db.queue_stats.list()] == [waiting, late, running, idle]
    assert [row.action_id for row in db.queue_stats.list_active()] == [waiting, late, running]


def test_an_unknown_action_has_no_figures(db: Database) -> None:
    assert db.queue_stats.find_by_action(action_id=UNKNOWN) is None
    assert db.queue_stats.delete(action_id=UNKNOWN) == 0


def test_delete_removes_the_figures_of_one_action(db: Database) -> None:
    gone, kept = _actions(db, 2)
    db.queue_stats.upsert_many(rows=[{"action_id": gone}, {"action_id": kept}])
    assert db.queue_stats.delete(action_id=gone) == 1
    assert db.queue_stats.delete(action_id=gone) == 0
    assert [row.action_id for row in db.queue_stats.list()] == [kept]


def test_a_deleted_action_takes_its_figures_along(db: Database) -> None:
    (action,) = _actions(db, 1)
    db.queue_stats.upsert(action_id=action)
    db.execute("DELETE FROM attune.action WHERE id = %s", action)
    assert db.queue_stats.find_by_action(action_id=action) is None


@pytest.mark.parametrize(
    ("seconds", "left"), [(3600, "bc"), (3600.5, "bc"), (0, "bc"), (2 * 3600, "abc"), (1e15, "abc")]
)
def test_clear_stale_deletes_what_is_idle_and_old(db: Database, seconds: float, left: str) -> None:
    stale, waiting, running = _actions(db, 3)
    letters = {stale: "a", waiting: "b", running: "c"}
    db.queue_stats.upsert_many(
        rows=[
            {"action_id": stale},
            {"action_id": waiting, "queue_length": 1},
            {"action_id": running, "active_count": 1},
        ]
    )
    db.execute("UPDATE attune.queue_stats SET last_updated = now() - interval '90 minutes'")
    assert db.queue_stats.clear_stale(older_than_seconds=seconds) == 3 - len(left)
    assert sorted(letters[row.action_id] for row in db.queue_stats.list()) == list(left)


def test_clear_stale_leaves_what_has_just_changed(db: Database) -> None:
    (action,) = _actions(db, 1)
    db.queue_stats.upsert(action_id=action)
    assert db.queue_stats.clear_stale(older_than_seconds=60) == 0
    assert db.queue_stats.find_by_action(action_id=action) is not None


@pytest.mark.parametrize("there", [False, True])
def test_upsert_many_by_many_at_once_in_any_order_never_deadlocks(clone_dsn: str, there: bool) -> None:
    upsert_many = attune_sql.queries.queue_stats.upsert_many
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        actions = _actions(factories.database(conn), 60)
        if there:
            upsert_many(conn, rows=[{"action_id": each} for each in actions])

    def report(conn: psycopg.Connection[Any], number: int) -> None:
        chance = random.Random(number)
        for turn in range(8):
            batch = chance.sample(actions, 40)
            rows = upsert_many(conn, rows=[{"action_id": each, "total_enqueued": turn} for each in batch])
            assert [row.action_id for row in rows] == batch

    at_once(clone_dsn, 16, report)
    with attune_sql.connect(clone_dsn) as conn:
        assert len(attune_sql.queries.queue_stats.list(conn)) == 60


def test_upsert_by_many_at_once_keeps_one_row(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        (action,) = _actions(factories.database(conn), 1)

    def report(conn: psycopg.Connection[Any], number: int) -> int:
        return int(attune_sql.queries.queue_stats.upsert(conn, action_id=action, queue_length=number).queue_length)

    assert at_once(clone_dsn, 16, report) == list(range(16))
    with attune_sql.connect(clone_dsn) as conn:
        assert len(attune_sql.queries.queue_stats.list(conn)) == 1
