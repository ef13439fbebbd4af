"""What psycopg has prepared runs the short way, and nobody can tell: adapters, threads, off-switch, errors."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg.adapt import Loader
from psycopg.types.json import set_json_loads

import attune_sql
from attune_sql import queries
from attune_sql.runtime import adapter, prepared

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'FROM attune[.]pack'"
CALLS = 9

# For a call that no type checker lets pass.
untyped: Any = queries


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each call went the short way."""
    taken: list[bool] = []

    def noted(*args: Any) -> Any:
        run = prepared.steps(*args)
        taken.append(run is not None)
        return run

    monkeypatch.setattr(adapter, "steps", noted)
    return taken


def pack(conn: psycopg.Connection[Any]) -> Any:
    return queries.pack.create(conn, ref="core", label="Core", version="1.0.0", meta={"a": [1, None]}, tags=["x"])


def test_this_psycopg_is_known() -> None:
    assert prepared._KNOWN_VERSION, "look through prepared.py with the new psycopg in hand"


def test_the_seventh_call_goes_the_short_way_with_the_same_answer(
    conn: psycopg.Connection[Any], ways: list[bool]
) -> None:
    made = pack(conn)
    ways.clear()
    assert [queries.pack.find_by_id(conn, id=made.id) for _ in range(CALLS)] == [made] * CALLS
    assert ways == [False] * 6 + [True] * 3
    assert [queries.pack.find_by_id(conn, id=0) for _ in range(2)] == [None, None]
    for _ in range(CALLS):
        assert queries.pack.list(conn, limit=5) == [made]
        assert queries.pack.list(conn, limit=0) == []
    assert ways[-1] is True


def test_an_insert_goes_the_short_way(conn: psycopg.Connection[Any], ways: list[bool]) -> None:
    made = [queries.pack.create(conn, ref=f"p{n}", label="x", version="1.0.0") for n in range(CALLS)]
    assert [row.ref for row in queries.pack.list(conn, limit=20)] == [row.ref for row in made]
    assert True in ways


@pytest.mark.parametrize("threshold", [None, 0, 2])
def test_the_connection_says_when_to_prepare(
    conn: psycopg.Connection[Any], ways: list[bool], threshold: int | None
) -> None:
    conn.prepare_threshold = threshold
    for _ in range(CALLS):
        queries.pack.find_by_ref(conn, ref="core")
    assert ways.count(True) == (0 if threshold is None else CALLS - threshold - 1)
    assert conn.execute(PREPARED).fetchone() == (0 if threshold is None else 1,)


def test_a_pooler_that_knows_no_prepared_statements_is_served(server: Any) -> None:
    with attune_sql.connect(server.dsn, prepare_threshold=None) as conn:
        for _ in range(CALLS):
            queries.pack.find_by_ref(conn, ref="core")
        assert conn.execute(PREPARED).fetchone() == (0,)


class Shouting(Loader):
    def load(self, data: Any) -> str:
        return bytes(data).decode().upper()


@pytest.mark.parametrize(
    ("change", "column", "want"),
    [
        (lambda conn: conn.adapters.register_loader("text", Shouting), "label", "CORE"),
        (lambda conn: set_json_loads(lambda data: "mine", conn), "meta", "mine"),
    ],
)
def test_what_is_registered_on_the_connection_wins_at_any_time(
    conn: psycopg.Connection[Any], change: Callable[[Any], None], column: str, want: Any
) -> None:
    made = pack(conn)
    for _ in range(CALLS):
        queries.pack.find_by_id(conn, id=made.id)
    change(conn)
    assert getattr(queries.pack.find_by_id(conn, id=made.id), column) == want


def test_a_plan_that_the_server_dropped_is_made_again(conn: psycopg.Connection[Any]) -> None:
    made = pack(conn)
    for _ in range(3):
        for _ in range(CALLS):
            assert queries.pack.find_by_id(conn, id=made.id) == made
        conn.execute("DEALLOCATE ALL")


def test_a_rollback_and_a_new_transaction_change_nothing(conn: psycopg.Connection[Any]) -> None:
    for _ in range(3):
        made = pack(conn)
        assert [queries.pack.find_by_id(conn, id=made.id) for _ in range(CALLS)] == [made] * CALLS
        conn.rollback()
        assert queries.pack.find_by_id(conn, id=made.id) is None


def test_the_first_call_of_a_transaction_begins_it_as_the_connection_says(server: Any, ways: list[bool]) -> None:
    with attune_sql.connect(server.dsn) as conn:
        conn.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
        for _ in range(CALLS):
            queries.pack.find_by_id(conn, id=1)
        conn.commit()
        ways.clear()
        queries.pack.find_by_id(conn, id=1)
        assert ways == [True]
        assert conn.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS
        assert conn.execute("SHOW transaction_isolation").fetchone() == ("serializable",)


def test_an_error_keeps_its_class_and_its_note(conn: psycopg.Connection[Any], ways: list[bool]) -> None:
    for _ in range(CALLS):
        queries.execution.list_by_status(conn, status="running", limit=1)
    with pytest.raises(psycopg.errors.InvalidTextRepresentation, match="invalid input value for enum") as caught:
        untyped.execution.list_by_status(conn, status="runing", limit=1)
    assert ways[-1] is True
    assert caught.value.__notes__[0].startswith("in operation execution.list_by_status (")
    assert caught.value.diag.severity == "ERROR"
    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        queries.pack.count(conn)


def test_a_closed_connection_says_so(server: Any) -> None:
    with attune_sql.connect(server.dsn) as conn:
        for _ in range(CALLS):
            queries.pack.find_by_id(conn, id=1)
    with pytest.raises(psycopg.OperationalError, match="the connection is closed"):
        queries.pack.find_by_id(conn, id=1)


def test_autocommit_goes_the_short_way(server: Any, ways: list[bool]) -> None:
    with attune_sql.connect(server.dsn, autocommit=True) as conn:
        for _ in range(CALLS):
            assert queries.pack.find_by_id(conn, id=0) is None
    assert ways == [False] * 6 + [True] * 3


def test_threads_may_share_a_connection(conn: psycopg.Connection[Any]) -> None:
    made = [queries.pack.create(conn, ref=f"p{number}", label="x", version="1.0.0") for number in range(8)]

    def read(number: int) -> bool:
        return all(queries.pack.find_by_id(conn, id=made[number].id) == made[number] for _ in range(50))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(read, range(8)))


def test_text_beyond_ascii_in_a_query_is_no_obstacle(
    conn: psycopg.Connection[Any], tmp_path: Any, ways: list[bool]
) -> None:
    (tmp_path / "f.sql").write_text("-- name: f(x)^\nSELECT 'Größe' AS word, :x::int AS x", encoding="utf-8")
    loaded = attune_sql.load(tmp_path)
    assert [loaded.f(conn, x=1) for _ in range(CALLS)] == [("Größe", 1)] * CALLS
    assert ways[-1] is True
