"""A list operation read through a server-side cursor: as many rows as there are, in the memory of one batch.

Source: PostgreSQL manual, "DECLARE"; psycopg manual, "Server-side cursors".
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any, ParamSpec, TypeVar

from psycopg import AsyncRawServerCursor, Error, RawServerCursor, pq

from attune_sql.runtime.statement import Statement, statement_of
from attune_sql.source.operation import Operator

P = ParamSpec("P")
Row = TypeVar("Row")

_IDLE = pq.TransactionStatus.IDLE


def stream(operation: Callable[P, list[Row]], *, batch: int = 1000) -> Callable[P, Generator[Row, None, None]]:
    """Give a list operation the form that yields its rows one by one: `stream(queries.pack.list)(conn, limit=…)`.

    It takes the arguments of the operation. `batch` rows are fetched in each round trip, and the client never holds
    more. The cursor lives in the connection's transaction and is closed at the end of the iteration, also of one that
    is broken off. Other operations may run meanwhile, but a pipeline block may not be open. Raises TypeError for
    anything but a list operation, ValueError for a batch below 1, and, when called, ValueError in autocommit outside a
    transaction.
    """
    statement = _of_list(operation, batch)

    def rows(*args: P.args, **arguments: P.kwargs) -> Generator[Row, None, None]:
        conn, values = _bound(statement, *args, **arguments)
        return _rows(conn, statement, values, batch)

    return rows


def stream_async(
    operation: Callable[P, Awaitable[list[Row]]], *, batch: int = 1000
) -> Callable[P, AsyncGenerator[Row, None]]:
    """Give a list operation the form of an asynchronous iterator; otherwise as `stream`.

    An iteration that is broken off closes its cursor at once inside `contextlib.aclosing`, else when Python gets to it.
    """
    statement = _of_list(operation, batch)

    def rows(*args: P.args, **arguments: P.kwargs) -> AsyncGenerator[Row, None]:
        conn, values = _bound(statement, *args, **arguments)
        return _rows_async(conn, statement, values, batch)

    return rows


def _rows(conn: Any, statement: Statement, values: list[Any], batch: int) -> Generator[Any, None, None]:
    try:
        with RawServerCursor(conn, _cursor_name(), row_factory=statement.row_factory) as cursor:
            cursor.itersize = batch
            yield from cursor.execute(statement.sql, values)
    except Error as error:
        statement.annotate(error)
        raise


async def _rows_async(conn: Any, statement: Statement, values: list[Any], batch: int) -> AsyncGenerator[Any, None]:
    try:
        async with AsyncRawServerCursor(conn, _cursor_name(), row_factory=statement.row_factory) as cursor:
            cursor.itersize = batch
            async for row in await cursor.execute(statement.sql, values):
                yield row
    except Error as error:
        statement.annotate(error)
        raise


def _of_list(operation: Any, batch: int) -> Statement:
    statement = statement_of(operation, "stream()")
    if statement.operation.operator is not Operator.ROWS:
        raise TypeError(
            f"stream() takes an operation that returns a list, which {statement.operation.full_name} does not"
            f" ({statement.operation.place})"
        )
    if batch < 1:
        raise ValueError(f"a batch has at least 1 row, not {batch}")
    return statement


def _bound(statement: Statement, conn: Any, /, *positional: Any, **arguments: Any) -> tuple[Any, list[Any]]:
    values = statement.bind(positional or arguments)
    if conn.autocommit and conn.pgconn.transaction_status == _IDLE:
        raise ValueError("stream() needs a transaction, in which its cursor lives: open one with conn.transaction()")
    return conn, values


def _cursor_name() -> str:
    return f"attune_sql_{os.urandom(8).hex()}"
