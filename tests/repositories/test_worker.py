"""Workers: registration, heartbeats, who is healthy, and the sweep that marks silent ones inactive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once

UNKNOWN = 2**40
PLAIN = {"name": "w1", "worker_type": "local"}
HOUR = 3600


def _ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


def _full(db: Database) -> Any:
    """Add a worker that has a value of its own in every column."""
    return db.worker.create(
        **PLAIN,
        runtime=factories.runtime(db).id,
        host="host",
        port=8080,
        status="busy",
        capabilities={"cpu": 4},
        meta={"zone": "a"},
    )


def _names(rows: list[Any]) -> list[str]:
    return [row.name for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    made = db.worker.create(**PLAIN)
    assert made._asdict() == {
        **PLAIN,
        "id": made.id,
        "runtime": None,
        "host": None,
        "port": None,
        "status": "inactive",
        "capabilities": None,
        "meta": None,
        "last_heartbeat": None,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.host, made.port, made.status) == ("host", 8080, "busy")
    assert (made.capabilities, made.meta) == ({"cpu": 4}, {"zone": "a"})
    assert db.runtime.find_by_id(id=made.runtime).id == made.runtime
    assert db.worker.find_by_id(id=made.id) == made


def test_create_takes_a_status_that_is_not_known_and_a_name_that_is_taken(db: Database) -> None:
    first, second = (db.worker.create(**PLAIN, status=None) for _ in range(2))
    assert first.status is None
    assert (first.name, first.id) < (second.name, second.id)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": None}, psycopg.errors.NotNullViolation),
        ({"worker_type": None}, psycopg.errors.NotNullViolation),
        ({"worker_type": "desk"}, psycopg.errors.InvalidTextRepresentation),
        ({"status": "asleep"}, psycopg.errors.InvalidTextRepresentation),
        ({"port": 0}, psycopg.errors.CheckViolation),
        ({"port": 65536}, psycopg.errors.CheckViolation),
        ({"runtime": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error):
        db.worker.create(**{**PLAIN, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"name": "w2"},
        {"host": "other"},
        {"host": None},
        {"port": 65535},
        {"port": None},
        {"status": "error"},
        {"status": None},
        {"capabilities": {"cpu": 8}},
        {"capabilities": None},
        {"meta": {}},
        {"meta": None},
        {"status": "active", "host": None, "port": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.worker.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.worker.find_by_id(id=before.id) == after


def test_update_without_a_change_writes_nothing_and_returns_the_row(db: Database) -> None:
    before = _full(db)
    assert db.worker.update(id=before.id) == before
    assert db.worker.find_by_id(id=before.id) == before


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": None}, psycopg.errors.NotNullViolation),
        ({"port": -1}, psycopg.errors.CheckViolation),
        ({"status": "asleep"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_update_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    made = _full(db)
    with pytest.raises(error):
        db.worker.update(id=made.id, **change)


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.worker.find_by_id(id=UNKNOWN) is None
    assert db.worker.update(id=UNKNOWN) is None
    assert db.worker.update(id=UNKNOWN, host="h") is None
    assert db.worker.heartbeat(id=UNKNOWN) is None
    assert db.worker.delete(id=UNKNOWN) == 0


def test_delete_leaves_the_executions_of_the_worker(db: Database) -> None:
    worker = factories.worker(db)
    execution = factories.execution(db, worker=worker)
    assert db.worker.delete(id=worker.id) == 1
    assert db.worker.find_by_id(id=worker.id) is None
    assert db.execute("SELECT worker FROM attune.execution WHERE id = %s", execution.id) == [(None,)]


def test_lists_go_by_name_and_then_by_id(db: Database) -> None:
    made = [
        factories.worker(db, name=name, status=status, worker_type=worker_type)
        for name, status, worker_type in (
            ("b", "active", "local"),
            ("a", "active", "remote"),
            ("b", "active", "local"),
            ("c", "busy", "local"),
            ("d", None, "container"),
        )
    ]
    b, a, other_b, c, d = (row.id for row in made)

    def ids(rows: list[Any]) -> list[int]:
        return [row.id for row in rows]

    assert ids(db.worker.list()) == [a, b, other_b, c, d]
    assert ids(db.worker.list(limit=2)) == [a, b]
    assert ids(db.worker.list(limit=0)) == []
    assert ids(db.worker.list_by_status(status="active")) == [a, b, other_b]
    assert ids(db.worker.list_by_status(status="error")) == []
    assert ids(db.worker.list_by_type(worker_type="local")) == [b, other_b, c]
    assert ids(db.worker.list_by_type(worker_type="container")) == [d]
    assert db.worker.find_by_name(name="b").id == b
    assert db.worker.find_by_name(name="B") is None


@pytest.mark.parametrize(
    ("operation", "arguments"), [("list_by_status", {"status": "x"}), ("list_by_type", {"worker_type": "x"})]
)
def test_lists_refuse_what_is_no_value_of_the_enum(db: Database, operation: str, arguments: dict[str, str]) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        getattr(db.worker, operation)(**arguments)


@pytest.mark.parametrize("status", ["active", "inactive", "busy", "error", None])
def test_heartbeat_moves_the_clock_and_nothing_else(db: Database, status: str | None) -> None:
    before = db.worker.create(**PLAIN, status=status)
    first = db.worker.heartbeat(id=before.id)
    assert first == before._replace(last_heartbeat=first.last_heartbeat, updated=first.updated)
    assert before.updated < first.last_heartbeat <= first.updated
    assert db.worker.heartbeat(id=before.id).last_heartbeat > first.last_heartbeat


@pytest.mark.parametrize(
    ("status", "age", "capabilities", "healthy"),
    [
        ("active", 5, None, True),
        ("active", 5, {}, True),
        ("active", 5, {"health": {}}, True),
        ("active", 5, {"health": {"status": None}}, True),
        ("active", 5, {"health": {"status": "healthy"}}, True),
        ("active", 5, {"health": {"status": "degraded"}}, True),
        ("active", 5, {"health": {"status": "unhealthy"}}, False),
        ("active", 5, {"health": {"status": ""}}, False),
        ("active", 5, ["health"], True),
        ("active", 65, None, False),
        ("active", None, None, False),
        ("busy", 5, None, False),
        ("inactive", 5, None, False),
        ("error", 5, None, False),
        (None, 5, None, False),
    ],
)
def test_healthy_is_active_recently_heard_of_and_not_complaining(
    db: Database, status: str | None, age: float | None, capabilities: Any, healthy: bool
) -> None:
    heard = None if age is None else _ago(age)
    told = None if capabilities is None else Jsonb(capabilities)
    made = factories.worker(db, status=status, last_heartbeat=heard, capabilities=told)
    assert [row.id for row in db.worker.list_healthy(max_age_seconds=60)] == [made.id] * healthy


def test_list_healthy_goes_by_name_and_takes_any_age(db: Database) -> None:
    for name in ("b", "a"):
        factories.worker(db, name=name, status="active", last_heartbeat=_ago(1))
    assert _names(db.worker.list_healthy(max_age_seconds=60)) == ["a", "b"]
    assert _names(db.worker.list_healthy(max_age_seconds=10**12)) == ["a", "b"]
    assert db.worker.list_healthy(max_age_seconds=0.5) == []
    assert db.worker.list_healthy(max_age_seconds=0) == []


def test_a_worker_is_either_healthy_by_age_or_stale(db: Database) -> None:
    made = factories.worker(db, status="active")
    db.worker.heartbeat(id=made.id)
    assert db.worker.mark_stale_inactive(max_age_seconds=60) == []
    assert [row.id for row in db.worker.list_healthy(max_age_seconds=60)] == [made.id]
    assert [row.id for row in db.worker.mark_stale_inactive(max_age_seconds=0)] == [made.id]
    assert db.worker.list_healthy(max_age_seconds=60) == []


def test_mark_stale_inactive_takes_silent_active_workers_only_by_name(db: Database) -> None:
    for name, status, heard in (
        ("silent", "active", _ago(65)),
        ("never", "active", None),
        ("fresh", "active", _ago(5)),
        ("busy", "busy", _ago(65)),
        ("off", "inactive", _ago(65)),
        ("broken", "error", None),
        ("unknown", None, None),
    ):
        factories.worker(db, name=name, status=status, last_heartbeat=heard)
    before = {row.name: row for row in db.worker.list()}
    marked = db.worker.mark_stale_inactive(max_age_seconds=60)
    assert _names(marked) == ["never", "silent"]
    for row in marked:
        assert row == before[row.name]._replace(status="inactive", updated=row.updated)
        assert row.updated > before[row.name].updated
    assert {row.name: row for row in db.worker.list()} == {**before, **{row.name: row for row in marked}}
    assert db.worker.mark_stale_inactive(max_age_seconds=60) == []


def _silent_workers(dsn: str, count: int) -> list[int]:
    with attune_sql.connect(dsn, autocommit=True) as conn:
        db = factories.database(conn)
        return [factories.worker(db, status="active", last_heartbeat=_ago(2 * HOUR)).id for _ in range(count)]


def test_heartbeats_of_one_worker_from_many_connections_all_count(clone_dsn: str) -> None:
    [worker] = _silent_workers(clone_dsn, 1)

    def beat(conn: psycopg.Connection[Any], number: int) -> datetime:
        beaten = attune_sql.queries.worker.heartbeat(conn, id=worker)
        assert beaten is not None
        assert beaten.last_heartbeat is not None
        return beaten.last_heartbeat

    heard = at_once(clone_dsn, 24, beat)
    assert len(set(heard)) == 24
    with attune_sql.connect(clone_dsn) as conn:
        found = attune_sql.queries.worker.find_by_id(conn, id=worker)
    assert found is not None
    assert found.last_heartbeat == max(heard)


def test_sweeps_at_once_mark_every_silent_worker_once(clone_dsn: str) -> None:
    workers = _silent_workers(clone_dsn, 200)

    def sweep(conn: psycopg.Connection[Any], number: int) -> list[int]:
        return [row.id for row in attune_sql.queries.worker.mark_stale_inactive(conn, max_age_seconds=HOUR)]

    marked = at_once(clone_dsn, 16, sweep)
    # What a sweep passed over because another one held it was marked by that other one.
    assert sorted(id for ids in marked for id in ids) == workers


def test_a_heartbeat_and_a_sweep_never_both_win(clone_dsn: str) -> None:
    workers = _silent_workers(clone_dsn, 120)
    started = datetime.now(UTC)

    def work(conn: psycopg.Connection[Any], number: int) -> list[Any]:
        if number % 2:
            return list(attune_sql.queries.worker.mark_stale_inactive(conn, max_age_seconds=HOUR))
        beaten = reversed(workers[number // 2 :: 8]) if number % 4 else workers[number // 2 :: 8]
        for worker in beaten:
            attune_sql.queries.worker.heartbeat(conn, id=worker)
        return []

    marked = [row for rows in at_once(clone_dsn, 16, work) for row in rows]
    assert len({row.id for row in marked}) == len(marked)
    assert all(row.last_heartbeat < started for row in marked)
    with attune_sql.connect(clone_dsn) as conn:
        rows = attune_sql.queries.worker.list(conn)
    assert all(row.last_heartbeat is not None and row.last_heartbeat >= started for row in rows)
    assert {row.id for row in rows if row.status == "inactive"} == {row.id for row in marked}


def test_a_sweep_does_not_wait_for_a_heartbeat_and_does_not_mark_its_worker(clone_dsn: str) -> None:
    beating, silent = _silent_workers(clone_dsn, 2)
    queries = attune_sql.queries
    with attune_sql.connect(clone_dsn) as worker, attune_sql.connect(clone_dsn, autocommit=True) as sweeper:
        queries.worker.heartbeat(worker, id=beating)
        sweeper.execute("SET statement_timeout = '5s'")
        assert [row.id for row in queries.worker.mark_stale_inactive(sweeper, max_age_seconds=HOUR)] == [silent]
        worker.commit()
        assert queries.worker.mark_stale_inactive(sweeper, max_age_seconds=HOUR) == []
