"""Lists read through a server-side cursor: every row once, in order, a batch at a time, and nothing left open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import psycopg
import pytest

import attune_sql
import attune_sql.aio
from attune_sql import queries
from tests.fix_repositories import Database

# For calls that no type checker lets pass.
stream: Any = attune_sql.stream

OPEN_CURSORS = "SELECT count(*) FROM pg_cursors"


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("series.sql")
    path.write_text(
        "-- name: series(n)\n-- A series.\nSELECT i, 10 / (i - 7) AS x FROM generate_series(1, :n::int) AS i"
    )
    return path


def streamed(db: Database, series: Path, n: int, batch: int) -> list[Any]:
    if not isinstance(db.conn, psycopg.AsyncConnection):
        return list(attune_sql.stream(attune_sql.load(series).series, batch=batch)(db.conn, n=n))

    async def body() -> list[Any]:
        rows = attune_sql.aio.stream(attune_sql.aio.load(series).series, batch=batch)(db.conn, n=n)
        return [row async for row in rows]

    found: list[Any] = db.finish(body())
    return found


@pytest.mark.parametrize(("n", "batch"), [(0, 1000), (1, 1), (6, 2), (6, 4), (6, 6), (6, 1000)])
def test_every_row_comes_once_and_in_order(db: Database, series: Path, n: int, batch: int) -> None:
    rows = streamed(db, series, n, batch)
    assert [row.i for row in rows] == list(range(1, n + 1))
    assert db.execute(OPEN_CURSORS) == [(0,)]


def test_rows_are_those_of_the_list(conn: psycopg.Connection[Any]) -> None:
    for number in range(3):
        queries.pack.create(conn, ref=f"p{number}", label="x", version="1.0.0", meta={"number": number})
    listed = queries.pack.list(conn, limit=10)
    assert list(attune_sql.stream(queries.pack.list, batch=2)(conn, limit=10)) == listed
    assert type(listed[0]).__name__ == "Pack"


def test_other_operations_run_between_two_rows(conn: psycopg.Connection[Any], series: Path) -> None:
    for row in attune_sql.stream(attune_sql.load(series).series, batch=1)(conn, n=3):
        assert queries.pack.exists_by_ref(conn, ref=f"p{row.i}") is False


def test_no_more_than_a_batch_is_fetched_ahead(conn: psycopg.Connection[Any], series: Path) -> None:
    rows = attune_sql.stream(attune_sql.load(series).series, batch=3)(conn, n=7)
    assert [next(rows).i for _ in range(6)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(psycopg.errors.DivisionByZero) as caught:
        next(rows)
    assert caught.value.__notes__[0] == "in operation series (series.sql:1)"


def test_an_iteration_that_is_broken_off_closes_its_cursor(conn: psycopg.Connection[Any], series: Path) -> None:
    for _ in attune_sql.stream(attune_sql.load(series).series, batch=1)(conn, n=6):
        break
    assert conn.execute(OPEN_CURSORS).fetchone() == (0,)


def test_an_asynchronous_iteration_that_is_broken_off_closes_its_cursor(server: Any, series: Path) -> None:
    async def body() -> Any:
        async with await attune_sql.aio.connect(server.dsn) as conn:
            async with aclosing(attune_sql.aio.stream(attune_sql.aio.load(series).series)(conn, n=6)) as rows:
                async for _ in rows:
                    break
            return await (await conn.execute(OPEN_CURSORS)).fetchone()

    assert asyncio.run(body()) == (0,)


def test_autocommit_needs_a_transaction(server: Any, series: Path) -> None:
    rows = attune_sql.stream(attune_sql.load(series).series)
    with attune_sql.connect(server.dsn, autocommit=True) as conn:
        with pytest.raises(ValueError, match="needs a transaction"):
            rows(conn, n=1)
        with conn.transaction():
            assert len(list(rows(conn, n=2))) == 2


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: stream(queries.pack.find_by_id), TypeError, "a list, which pack.find_by_id does not"),
        (lambda: stream(len), TypeError, "such as queries.pack.list, not <built-in function len>"),
        (lambda: stream(queries.pack.list, batch=0), ValueError, "at least 1 row, not 0"),
        (lambda: stream(queries.event.list_by_source)(None), TypeError, "missing the argument"),
    ],
)
def test_a_wrong_stream_is_refused_at_once(make: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()
