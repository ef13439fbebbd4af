"""`db`: the operations on a rolled-back transaction: synchronous, asynchronous and in pipelines, from one test body."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

import attune_sql
import attune_sql.aio

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

# Nothing of ours is found without its prefix, not even from inside a function or a trigger.
EMPTY_PATH = "-c search_path="


class Repository:
    """One repository bound to a connection: `repository.find_by_id(id=1)`; coroutines are run to their end."""

    def __init__(self, database: Database, operations: Any) -> None:
        self._database = database
        self._operations = operations

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self._operations, name)

        def call(**arguments: Any) -> Any:
            with self._database.around():
                return self._database.finish(operation(self._database.conn, **arguments))

        return call


class Database:
    """All repositories bound to one connection, and SQL of the test's own through `execute`."""

    def __init__(
        self,
        queries: Any,
        conn: Any,
        runner: asyncio.Runner | None = None,
        around: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        self._queries = queries
        self._runner = runner
        self.conn = conn
        self.around = around

    def __getattr__(self, repository: str) -> Any:
        return Repository(self, getattr(self._queries, repository))

    def finish(self, result: Any) -> Any:
        """Run a coroutine to its end; hand anything else through."""
        return self._runner.run(result) if self._runner and asyncio.iscoroutine(result) else result

    def execute(self, sql: str, *values: Any) -> list[Any]:
        """Run SQL of the test's own; returns its rows as tuples, or nothing."""
        cursor = self.finish(self.conn.execute(sql, values or None))
        return list(self.finish(cursor.fetchall())) if cursor.description else []

    def commit(self) -> None:
        """End the transaction, in a test on a database of its own."""
        self.finish(self.conn.commit())

    def rollback(self) -> None:
        """Undo what the test did."""
        self.finish(self.conn.rollback())


@pytest.fixture(scope="session")
def _runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def _sync_conn(server: ScratchServer) -> Iterator[psycopg.Connection[Any]]:
    with attune_sql.connect(server.dsn, options=EMPTY_PATH) as conn:
        yield conn


@pytest.fixture(scope="session")
def _async_conn(server: ScratchServer, _runner: asyncio.Runner) -> Iterator[psycopg.AsyncConnection[Any]]:
    conn = _runner.run(attune_sql.aio.connect(server.dsn, options=EMPTY_PATH))
    yield conn
    _runner.run(conn.close())


@pytest.fixture(params=["sync", "async", "pipeline"])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The operations on a connection whose transaction is rolled back after the test."""
    if request.param != "async":
        conn = request.getfixturevalue("_sync_conn")
        around = conn.pipeline if request.param == "pipeline" else nullcontext
        database = Database(attune_sql.queries, conn, around=around)
    else:
        conn, runner = request.getfixturevalue("_async_conn"), request.getfixturevalue("_runner")
        database = Database(attune_sql.aio.queries, conn, runner)
    yield database
    database.rollback()
