"""Listening: typed notifications, several in one packet, and a connection that is lost on the way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

import attune_sql
import attune_sql.aio
from attune_sql import Gap, Notification

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

CHANNELS = ["execution_created", "execution_status_changed"]


@pytest.fixture
def dsn(server: ScratchServer) -> str:
    return server.clone()


def request_two(dsn: str) -> None:
    with attune_sql.connect(dsn) as conn:
        for ref in ("core.one", "core.two"):
            attune_sql.queries.execution.create(conn, action_ref=ref)
        attune_sql.queries.execution.claim(conn, limit=1)


def kill(dsn: str, pid: int) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("SELECT pg_terminate_backend(%s)", [pid])


def told(items: list[Any]) -> list[tuple[str, Any, Any]]:
    return [(item.channel, item.data["action_ref"], item.data["status"]) for item in items]


TWO = [
    ("execution_created", "core.one", "requested"),
    ("execution_created", "core.two", "requested"),
    ("execution_status_changed", "core.one", "scheduling"),
]


@pytest.mark.parametrize("autocommit", [True, False])
def test_notifications_of_one_commit_come_typed_and_complete(dsn: str, autocommit: bool) -> None:
    with attune_sql.connect(dsn, autocommit=autocommit) as conn:
        items = attune_sql.listen(conn, CHANNELS, timeout=1)
        request_two(dsn)
        first = next(items)
        assert isinstance(first, Notification)
        assert told([first, next(items), next(items)]) == TWO
        items.close()  # type: ignore[attr-defined]
        assert conn.execute("SELECT count(*) FROM pg_listening_channels()").fetchone() == (0,)


def test_the_iteration_ends_after_the_timeout(dsn: str) -> None:
    with attune_sql.connect(dsn) as conn:
        assert list(attune_sql.listen(conn, CHANNELS, timeout=0.05)) == []


def test_a_lost_connection_is_regained_and_the_gap_told(dsn: str) -> None:
    with attune_sql.connect(dsn) as conn:
        items = attune_sql.listen(conn, CHANNELS, timeout=5)
        kill(dsn, conn.info.backend_pid)
        gap = next(items)
        assert isinstance(gap, Gap)
        assert gap.lost <= gap.regained
        request_two(dsn)
        assert told([next(items), next(items), next(items)]) == TWO
        items.close()  # type: ignore[attr-defined]


def test_a_connection_that_cannot_be_regained_in_time_is_an_error(server: ScratchServer) -> None:
    dsn = server.empty()
    with attune_sql.connect(dsn) as conn:
        name = conn.info.dbname
        items = attune_sql.listen(conn, CHANNELS, reconnect_timeout=0.2)
        with psycopg.connect(server.dsn, autocommit=True) as other:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            other.execute("SELECT pg_terminate_backend(%s)", [conn.info.backend_pid])
        with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
            next(items)


def test_listening_inside_a_transaction_is_refused(dsn: str) -> None:
    with attune_sql.connect(dsn) as conn:
        conn.execute("SELECT 1")
        with pytest.raises(ValueError, match="needs a connection outside a transaction"):
            attune_sql.listen(conn, CHANNELS)


@pytest.mark.parametrize("payload", ["no json", "[1, 2]", ""])
def test_a_payload_that_is_no_object_is_still_told(dsn: str, payload: str) -> None:
    with attune_sql.connect(dsn) as conn:
        items = attune_sql.listen(conn, ['my "channel"'], timeout=5)
        with psycopg.connect(dsn) as other:
            other.execute("SELECT pg_notify('my \"channel\"', %s)", [payload])
        assert next(items) == Notification('my "channel"', {}, payload)
        items.close()  # type: ignore[attr-defined]


def test_asynchronous_listening_is_the_same(dsn: str) -> None:
    async def body() -> None:
        async with await attune_sql.aio.connect(dsn) as conn:
            items = attune_sql.aio.listen(conn, CHANNELS, timeout=5)
            first: asyncio.Task[Any] = asyncio.create_task(anext(items))  # type: ignore[arg-type]
            await asyncio.sleep(0.1)
            await asyncio.to_thread(kill, dsn, conn.info.backend_pid)
            assert isinstance(await first, Gap)
            await asyncio.to_thread(request_two, dsn)
            assert told([await anext(items) for _ in range(3)]) == TWO
            await items.aclose()  # type: ignore[attr-defined]

    asyncio.run(body())
