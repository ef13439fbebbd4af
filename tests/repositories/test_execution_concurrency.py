"""Executions with many callers at once: each row to one of them, none lost, no deadlock, no error that leaks."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import psycopg
import pytest

import attune_sql
from attune_sql.generated import sync
from attune_sql.generated.rows import Execution, ExecutionStatus, JSONIn
from tests.repositories import factories
from tests.repositories.crowd import at_once

CROWD = 16
NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


@pytest.fixture
def execution() -> sync.Execution:
    """The operations under test."""
    return attune_sql.queries.execution


def fill(dsn: str, count: int, **columns: Any) -> list[int]:
    """Commit executions, a second apart; return their ids, oldest first."""
    with attune_sql.connect(dsn) as conn:
        db = factories.database(conn)
        return [
            factories.execution(db, created=NOON + timedelta(seconds=number), **columns).id for number in range(count)
        ]


def read(dsn: str, sql: str) -> list[Any]:
    with psycopg.connect(dsn) as conn:
        return conn.execute(sql).fetchall()


def test_claim_gives_each_execution_to_one_caller(clone_dsn: str, execution: sync.Execution) -> None:
    made = fill(clone_dsn, 200)

    def work(conn: psycopg.Connection[Any], number: int) -> list[list[int]]:
        taken = []
        while rows := execution.claim(conn, limit=3):
            taken.append([row.id for row in rows])
        return taken

    batches = list(chain.from_iterable(at_once(clone_dsn, CROWD, work)))
    assert sorted(chain.from_iterable(batches)) == made
    assert all(batch == sorted(batch) for batch in batches)
    assert read(clone_dsn, "SELECT DISTINCT status::text FROM attune.execution") == [("scheduling",)]


def test_claim_passes_over_what_an_open_transaction_has_claimed(clone_dsn: str, execution: sync.Execution) -> None:
    made = fill(clone_dsn, 4)
    with attune_sql.connect(clone_dsn) as first, attune_sql.connect(clone_dsn) as second:
        assert [row.id for row in execution.claim(first, limit=2)] == made[:2]
        assert [row.id for row in execution.claim(second, limit=2)] == made[2:]
        first.rollback()
        assert [row.id for row in execution.claim(second, limit=9)] == made[:2]


def test_claim_by_id_has_one_winner(clone_dsn: str, execution: sync.Execution) -> None:
    made = fill(clone_dsn, 20)
    won = at_once(
        clone_dsn, CROWD, lambda conn, _: [id for id in made if execution.claim_by_id(conn, id=id) is not None]
    )
    assert sorted(chain.from_iterable(won)) == made


def test_transition_has_one_winner(clone_dsn: str, execution: sync.Execution) -> None:
    made = fill(clone_dsn, 20, status="running")
    ends: tuple[ExecutionStatus, ...] = ("completed", "failed", "timeout", "canceling")

    def work(conn: psycopg.Connection[Any], number: int) -> dict[int, str]:
        end = ends[number % 4]

        def ended(id: int) -> bool:
            row = execution.transition(conn, id=id, from_status="running", to_status=end, result={"by": number})
            return row is not None

        return {id: end for id in made if ended(id)}

    won = at_once(clone_dsn, CROWD, work)
    assert sorted(chain.from_iterable(won)) == made
    by = {id: (end, {"by": number}) for number, ends in enumerate(won) for id, end in ends.items()}
    rows = read(clone_dsn, "SELECT id, status::text, result FROM attune.execution")
    assert {id: (status, result) for id, status, result in rows} == by


def test_every_cancel_of_a_running_execution_finds_it(clone_dsn: str, execution: sync.Execution) -> None:
    [made] = fill(clone_dsn, 1, status="running")
    rows = [row for row in at_once(clone_dsn, CROWD, lambda conn, _: execution.cancel(conn, id=made)) if row]
    assert [row.status for row in rows] == ["canceling"] * CROWD
    assert len({row.updated for row in rows}) == 1


def test_cancel_and_start_do_not_overwrite_each_other(clone_dsn: str, execution: sync.Execution) -> None:
    made = fill(clone_dsn, 40, status="scheduled")

    def step(conn: psycopg.Connection[Any], number: int, id: int) -> Execution | None:
        if number % 2:
            return execution.transition(conn, id=id, from_status="scheduled", to_status="running")
        return execution.cancel(conn, id=id)

    def work(conn: psycopg.Connection[Any], number: int) -> list[tuple[int, str]]:
        return [(id, row.status) for id in made if (row := step(conn, number, id))]

    outcomes = Counter(chain.from_iterable(at_once(clone_dsn, 2, work)))
    for id, status in read(clone_dsn, "SELECT id, status::text FROM attune.execution"):
        if status == "cancelled":
            assert outcomes[id, "running"] == 0
        else:
            assert (status, outcomes[id, "running"], outcomes[id, "canceling"]) == ("canceling", 1, 1)


def test_reclaim_stale_gives_each_execution_to_one_caller(clone_dsn: str, execution: sync.Execution) -> None:
    made = fill(clone_dsn, 200, status="scheduling", updated=NOON)

    def work(conn: psycopg.Connection[Any], number: int) -> list[int]:
        taken = []
        while rows := execution.reclaim_stale(conn, status="scheduling", older_than_seconds=3600, limit=3):
            taken += [row.id for row in rows]
        return taken

    assert sorted(chain.from_iterable(at_once(clone_dsn, CROWD, work))) == made


@pytest.mark.parametrize("autocommit", [True, False])
def test_create_top_level_if_absent_makes_one_and_gives_it_to_all(
    clone_dsn: str, execution: sync.Execution, autocommit: bool
) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        asked = [factories.enforcement(factories.database(conn)).id for _ in range(10)]

    def work(conn: psycopg.Connection[Any], number: int) -> list[tuple[int, int, bool]]:
        rows = [
            execution.create_top_level_if_absent(conn, enforcement=id, action_ref="core.echo", retry_count=number)
            for id in asked
        ]
        assert [row.enforcement for row in rows] == asked
        return [(id, row.id, row.inserted) for id, row in zip(asked, rows, strict=True)]

    rows = list(chain.from_iterable(at_once(clone_dsn, CROWD, work, autocommit=autocommit)))
    assert sorted(enforcement for enforcement, _, inserted in rows if inserted) == asked
    assert len({(enforcement, id) for enforcement, id, _ in rows}) == len(asked)
    assert read(clone_dsn, "SELECT count(*), count(DISTINCT enforcement) FROM attune.execution") == [(10, 10)]


def test_create_top_level_if_absent_waits_for_a_maker_that_may_still_give_up(
    clone_dsn: str, execution: sync.Execution
) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        asked = factories.enforcement(factories.database(conn)).id

    def work(conn: psycopg.Connection[Any], number: int) -> tuple[int, bool] | None:
        row = execution.create_top_level_if_absent(conn, enforcement=asked, action_ref="core.echo")
        if row.inserted and number % 2:
            conn.rollback()
            return None
        conn.commit()
        return row.id, row.inserted

    rows = [row for row in at_once(clone_dsn, CROWD, work, autocommit=False) if row]
    assert len({id for id, _ in rows}) == 1
    assert Counter(inserted for _, inserted in rows)[True] == 1


def test_create_top_level_if_absent_of_what_is_there_notifies_nobody(clone_dsn: str, execution: sync.Execution) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        asked = factories.enforcement(factories.database(conn)).id
        conn.execute("LISTEN execution_created")
        conn.execute("LISTEN execution_status_changed")
        for _ in range(3):
            execution.create_top_level_if_absent(conn, enforcement=asked, action_ref="core.echo")
        assert [each.channel for each in conn.notifies(timeout=0.2)] == ["execution_created"]


def test_create_many_keeps_each_callers_order(clone_dsn: str, execution: sync.Execution) -> None:
    def work(conn: psycopg.Connection[Any], number: int) -> bool:
        configs = [[number, position] for position in range(200)]
        rows: list[dict[str, JSONIn]] = [{"action_ref": "core.echo", "config": config} for config in configs]
        return [row.config for row in execution.create_many(conn, rows=rows)] == configs

    assert all(at_once(clone_dsn, CROWD, work))
    assert read(clone_dsn, "SELECT count(*) FROM attune.execution") == [(CROWD * 200,)]


def test_delete_finished_before_deletes_each_once_across_families(clone_dsn: str, execution: sync.Execution) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        db = factories.database(conn)
        made = [factories.execution(db, status="completed", updated=NOON).id for _ in range(200)]
        # Parents and first tries far away from their children and retries, in both directions.
        conn.execute("ALTER TABLE attune.execution DISABLE TRIGGER execution_updated")
        for id, parent, original in zip(made, reversed(made), [*made[100:], *made[:100]], strict=True):
            if id < parent:
                conn.execute("UPDATE attune.execution SET parent = %s WHERE id = %s", [parent, id])
            else:
                conn.execute("UPDATE attune.execution SET original_execution = %s WHERE id = %s", [original, id])
        conn.execute("ALTER TABLE attune.execution ENABLE TRIGGER execution_updated")

    def work(conn: psycopg.Connection[Any], number: int) -> int:
        total = 0
        while deleted := execution.delete_finished_before(conn, before=NOON + timedelta(days=1), limit=7):
            total += deleted
        return total

    at_once(clone_dsn, CROWD, work)
    # Losing its parent is a change, after which an execution is not old any more.
    rows = read(clone_dsn, f"SELECT count(*) FROM attune.execution WHERE updated = '{NOON}'")
    assert rows == [(0,)]


def test_the_purges_of_events_enforcements_and_executions_do_not_block_each_other_for_ever(
    clone_dsn: str, execution: sync.Execution
) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        conn.execute(
            "INSERT INTO attune.event (trigger_ref, created) SELECT 'a.b', %s FROM generate_series(1, 60)", [NOON]
        )
        conn.execute(
            "INSERT INTO attune.enforcement (rule_ref, trigger_ref, payload, status, event, created)"
            " SELECT 'a.b', 'a.b', '{}', 'processed', event.id, %s FROM attune.event",
            [NOON],
        )
        conn.execute(
            "INSERT INTO attune.execution (action_ref, status, enforcement, top_level, created, updated)"
            " SELECT 'a.b', 'completed', enforcement.id, false, %s, %s"
            " FROM generate_series(1, 6) CROSS JOIN attune.enforcement ORDER BY random()",
            [NOON, NOON],
        )
    purges = (
        execution.delete_finished_before,
        attune_sql.queries.enforcement.delete_before,
        attune_sql.queries.event.delete_before,
    )

    def work(conn: psycopg.Connection[Any], number: int) -> None:
        while purges[number % 3](conn, before=NOON + timedelta(days=1), limit=11):
            pass

    at_once(clone_dsn, 12, work)
    # Rows that another purge held were passed over, and are found by the next round.
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        for number in range(3):
            work(conn, number)
    assert read(clone_dsn, "SELECT count(*) FROM attune.event") == [(0,)]
    assert read(clone_dsn, "SELECT count(*) FROM attune.enforcement") == [(0,)]
