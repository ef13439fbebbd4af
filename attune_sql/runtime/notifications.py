"""The listening side of NOTIFY: typed notifications, over lost connections too.

Source: PostgreSQL manual, "LISTEN" and "NOTIFY"; psycopg manual, "Asynchronous notifications".
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import psycopg
from psycopg import AsyncConnection, Connection, sql
from psycopg.conninfo import make_conninfo

from attune_sql.runtime.json_codec import loads

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 5.0


class Notification(NamedTuple):
    """One notification.

    `data` is its JSON payload, which on the channels of this schema always names `entity_type` and `id`, and an empty
    dict for a payload that is no JSON object; `payload` is its text.
    """

    channel: str
    data: dict[str, Any]
    payload: str


class Gap(NamedTuple):
    """The connection was lost and regained: what was notified in between is missed, so look for it in the tables."""

    lost: datetime
    regained: datetime


def listen(
    conn: Connection[Any],
    channels: Iterable[str],
    *,
    timeout: float | None = None,
    reconnect_timeout: float | None = None,
) -> Iterator[Notification | Gap]:
    """Yield the notifications of some channels as they come; LISTEN is in force when this returns.

    `conn` must be outside a transaction, and is not to be used for anything else meanwhile. `timeout` ends the
    iteration after so many seconds without a notification (None: never). When the connection is lost another is opened
    with the same parameters, tried again for `reconnect_timeout` seconds (None: for ever), and a Gap is yielded first.

    Raises ValueError inside a transaction, and psycopg.OperationalError when the connection cannot be regained in time.
    """
    names = tuple(channels)
    _refuse_transaction(conn)
    with conn.transaction():
        conn.execute(_statement(names))
    return _listen(conn, names, timeout, reconnect_timeout)


def _listen(
    conn: Connection[Any], names: tuple[str, ...], timeout: float | None, reconnect_timeout: float | None
) -> Iterator[Notification | Gap]:
    current = conn
    try:
        while True:
            try:
                # The whole packet at once: a notification left in psycopg's generator would be lost.
                received = list(current.notifies(timeout=timeout, stop_after=1))
            except psycopg.OperationalError:
                lost = datetime.now(UTC)
                current = _reconnected(conn, names, reconnect_timeout)
                yield Gap(lost, datetime.now(UTC))
                continue
            if not received:
                return
            for each in received:
                yield _typed(each)
    finally:
        if current is not conn:
            current.close()
        elif not conn.closed:
            with suppress(psycopg.Error), conn.transaction():
                conn.execute(_statement(names, "UNLISTEN"))


def _reconnected(conn: Connection[Any], names: tuple[str, ...], patience: float | None) -> Connection[Any]:
    for pause in _pauses(patience):
        try:
            fresh = type(conn).connect(_conninfo(conn), autocommit=True)
            fresh.execute(_statement(names))
        except psycopg.OperationalError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return fresh
    raise AssertionError("the last pause is None")


async def listen_async(
    conn: AsyncConnection[Any],
    channels: Iterable[str],
    *,
    timeout: float | None = None,
    reconnect_timeout: float | None = None,
) -> AsyncIterator[Notification | Gap]:
    """Yield the notifications of some channels as they come; LISTEN is in force from the first step on.

    Otherwise as `listen`.
    """
    names = tuple(channels)
    _refuse_transaction(conn)
    async with conn.transaction():
        await conn.execute(_statement(names))
    current = conn
    try:
        while True:
            try:
                received = [each async for each in current.notifies(timeout=timeout, stop_after=1)]
            except psycopg.OperationalError:
                lost = datetime.now(UTC)
                current = await _reconnected_async(conn, names, reconnect_timeout)
                yield Gap(lost, datetime.now(UTC))
                continue
            if not received:
                return
            for each in received:
                yield _typed(each)
    finally:
        if current is not conn:
            await current.close()
        elif not conn.closed:
            with suppress(psycopg.Error):
                async with conn.transaction():
                    await conn.execute(_statement(names, "UNLISTEN"))


async def _reconnected_async(
    conn: AsyncConnection[Any], names: tuple[str, ...], patience: float | None
) -> AsyncConnection[Any]:
    for pause in _pauses(patience):
        try:
            fresh = await type(conn).connect(_conninfo(conn), autocommit=True)
            await fresh.execute(_statement(names))
        except psycopg.OperationalError:
            if pause is None:
                raise
            await asyncio.sleep(pause)
        else:
            return fresh
    raise AssertionError("the last pause is None")


def _pauses(patience: float | None) -> Iterator[float | None]:
    """Yield the seconds to wait before each next try, longer and longer, and None when the patience is at its end."""
    deadline = None if patience is None else time.monotonic() + patience
    pause = _FIRST_PAUSE_SECONDS
    while deadline is None or time.monotonic() + pause < deadline:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
    yield None


def _refuse_transaction(conn: Connection[Any] | AsyncConnection[Any]) -> None:
    if conn.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        raise ValueError("listen() needs a connection outside a transaction: LISTEN takes effect at a commit")


def _statement(names: tuple[str, ...], verb: Literal["LISTEN", "UNLISTEN"] = "LISTEN") -> sql.Composed:
    return sql.SQL("; ").join(sql.SQL(verb) + sql.SQL(" ") + sql.Identifier(name) for name in names)


def _conninfo(conn: Connection[Any] | AsyncConnection[Any]) -> str:
    # The dsn that a connection tells leaves the password out.
    return make_conninfo(conn.info.dsn, password=conn.info.password or None)


def _typed(received: psycopg.Notify) -> Notification:
    try:
        data = loads(received.payload)
    except ValueError:
        data = {}
    return Notification(received.channel, data if isinstance(data, dict) else {}, received.payload)
