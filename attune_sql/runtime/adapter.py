"""What a call of each operator does on a psycopg connection: eager lists, one meaning per operator, sync and async.

The methods have the names of aiosql's adapter protocol (aiosql/types.py). They take a Statement and its bound values,
so that nothing is looked up or bound twice. What psycopg has prepared runs the short way (`prepared`); everything else
through a raw cursor, whose `$n` are those of the statement.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from psycopg import AsyncRawCursor, Error, RawCursor, abc
from psycopg.adapt import Transformer
from psycopg.rows import tuple_row

from attune_sql.runtime.prepared import steps
from attune_sql.runtime.rows import KnownRows, RowClasses
from attune_sql.runtime.statement import Statement

Values = Sequence[Any]


class _Adapter:
    """What both adapters share: the row classes of one loaded folder."""

    def __init__(self, known: Callable[[], KnownRows] | None = None) -> None:
        self.classes = RowClasses(known)

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        """Leave the SQL as the loader made it."""
        return sql


class SyncAdapter(_Adapter):
    """Runs statements on a `psycopg.Connection`."""

    is_aio_driver = False

    def _prepared(self, conn: Any, statement: Statement, values: Values) -> abc.Transformer | None:
        """Run what is prepared; return the transformer that holds its result, or None where a cursor must run it."""
        result = Transformer(conn)
        with conn.lock:
            if run := steps(conn, result, statement.sql, values):
                conn.wait(run)
        return result if run else None

    def select(self, conn: Any, statement: Statement, values: Values) -> list[Any]:
        """Return all rows, as a list."""
        try:
            if result := self._prepared(conn, statement, values):
                return statement.row_factory.all_of(result)
            return RawCursor(conn, row_factory=statement.row_factory).execute(statement.sql, values).fetchall()
        except Error as error:
            statement.annotate(error)
            raise

    def select_one(self, conn: Any, statement: Statement, values: Values) -> Any:
        """Return the first row, or None."""
        try:
            if result := self._prepared(conn, statement, values):
                return statement.row_factory.first_of(result)
            return RawCursor(conn, row_factory=statement.row_factory).execute(statement.sql, values).fetchone()
        except Error as error:
            statement.annotate(error)
            raise

    # `<!` means what `^` means.
    insert_returning = select_one

    def select_value(self, conn: Any, statement: Statement, values: Values) -> Any:
        """Return the first column of the first row, or None."""
        try:
            return RawCursor(conn, row_factory=statement.value_factory).execute(statement.sql, values).fetchone()
        except Error as error:
            statement.annotate(error)
            raise

    @contextmanager
    def select_cursor(self, conn: Any, statement: Statement, values: Values) -> Iterator[Any]:
        """Yield the cursor of a result that is on the client already, to read it row by row."""
        try:
            with RawCursor(conn, row_factory=statement.row_factory) as cursor:
                yield cursor.execute(statement.sql, values)
        except Error as error:
            statement.annotate(error)
            raise

    def insert_update_delete(self, conn: Any, statement: Statement, values: Values) -> int:
        """Return the number of rows affected."""
        try:
            cursor = RawCursor(conn, row_factory=tuple_row).execute(statement.sql, values)
            if cursor.pgresult is None:
                # In a pipeline the count comes with the result, so the result must be waited for.
                with conn.pipeline() as pipeline:
                    pipeline.sync()
            return cursor.rowcount
        except Error as error:
            statement.annotate(error)
            raise

    def insert_update_delete_many(self, conn: Any, statement: Statement, values: Sequence[Values]) -> int:
        """Run once per list of values; return the number of rows affected in all."""
        try:
            cursor = RawCursor(conn, row_factory=tuple_row)
            cursor.executemany(statement.sql, values)
            return cursor.rowcount
        except Error as error:
            statement.annotate(error)
            raise

    def execute_script(self, conn: Any, statement: Statement, values: Values) -> str:
        """Run several statements, without parameters; return the status of the last."""
        try:
            cursor = RawCursor(conn, row_factory=tuple_row).execute(statement.sql)
            while cursor.nextset():
                pass
            return cursor.statusmessage or ""
        except Error as error:
            statement.annotate(error)
            raise


class AsyncAdapter(_Adapter):
    """Runs statements on a `psycopg.AsyncConnection`; method for method the twin of SyncAdapter."""

    is_aio_driver = True

    async def _prepared(self, conn: Any, statement: Statement, values: Values) -> abc.Transformer | None:
        """Run what is prepared; return the transformer that holds its result, or None where a cursor must run it."""
        result = Transformer(conn)
        async with conn.lock:
            if run := steps(conn, result, statement.sql, values):
                await conn.wait(run)
        return result if run else None

    async def select(self, conn: Any, statement: Statement, values: Values) -> list[Any]:
        """Return all rows, as a list."""
        try:
            if result := await self._prepared(conn, statement, values):
                return statement.row_factory.all_of(result)
            cursor = AsyncRawCursor(conn, row_factory=statement.row_factory)
            return await (await cursor.execute(statement.sql, values)).fetchall()
        except Error as error:
            statement.annotate(error)
            raise

    async def select_one(self, conn: Any, statement: Statement, values: Values) -> Any:
        """Return the first row, or None."""
        try:
            if result := await self._prepared(conn, statement, values):
                return statement.row_factory.first_of(result)
            cursor = AsyncRawCursor(conn, row_factory=statement.row_factory)
            return await (await cursor.execute(statement.sql, values)).fetchone()
        except Error as error:
            statement.annotate(error)
            raise

    # `<!` means what `^` means.
    insert_returning = select_one

    async def select_value(self, conn: Any, statement: Statement, values: Values) -> Any:
        """Return the first column of the first row, or None."""
        try:
            cursor = AsyncRawCursor(conn, row_factory=statement.value_factory)
            return await (await cursor.execute(statement.sql, values)).fetchone()
        except Error as error:
            statement.annotate(error)
            raise

    @asynccontextmanager
    async def select_cursor(self, conn: Any, statement: Statement, values: Values) -> AsyncIterator[Any]:
        """Yield the cursor of a result that is on the client already, to read it row by row."""
        try:
            async with AsyncRawCursor(conn, row_factory=statement.row_factory) as cursor:
                yield await cursor.execute(statement.sql, values)
        except Error as error:
            statement.annotate(error)
            raise

    async def insert_update_delete(self, conn: Any, statement: Statement, values: Values) -> int:
        """Return the number of rows affected."""
        try:
            cursor = await AsyncRawCursor(conn, row_factory=tuple_row).execute(statement.sql, values)
            if cursor.pgresult is None:
                # In a pipeline the count comes with the result, so the result must be waited for.
                async with conn.pipeline() as pipeline:
                    await pipeline.sync()
            return cursor.rowcount
        except Error as error:
            statement.annotate(error)
            raise

    async def insert_update_delete_many(self, conn: Any, statement: Statement, values: Sequence[Values]) -> int:
        """Run once per list of values; return the number of rows affected in all."""
        try:
            cursor = AsyncRawCursor(conn, row_factory=tuple_row)
            await cursor.executemany(statement.sql, values)
            return cursor.rowcount
        except Error as error:
            statement.annotate(error)
            raise

    async def execute_script(self, conn: Any, statement: Statement, values: Values) -> str:
        """Run several statements, without parameters; return the status of the last."""
        try:
            cursor = await AsyncRawCursor(conn, row_factory=tuple_row).execute(statement.sql)
            while cursor.nextset():
                pass
            return cursor.statusmessage or ""
        except Error as error:
            statement.annotate(error)
            raise
