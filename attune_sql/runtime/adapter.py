"""aiosql driver adapters over psycopg 3: raw cursors with `$n`, eager lists, one meaning per operator, sync and async.

The methods are those of aiosql's adapter protocol (aiosql/types.py). `query_name` is the operation's full name, under
which the loader has registered its Statement; the `sql` and `record_class` that aiosql hands over are not needed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from psycopg import AsyncRawCursor, RawCursor
from psycopg.rows import tuple_row

from attune_sql.runtime.rows import KnownRows, RowClasses
from attune_sql.runtime.statement import Statement
from attune_sql.source.operation import Operation, Operator

Passed = Mapping[str, Any] | tuple[Any, ...]
Batch = Sequence[Mapping[str, Any]]


class _Adapter:
    """What both adapters share: the statements of one loaded folder, by full name."""

    def __init__(self, known: Callable[[], KnownRows] | None = None) -> None:
        self._classes = RowClasses(known)
        self._statements: dict[str, Statement] = {}
        self._scripts: dict[str, Statement] = {}

    def add(self, operation: Operation) -> None:
        """Register an operation before aiosql makes its callable."""
        statement = Statement(operation, self._classes)
        self._statements[operation.full_name] = statement
        if operation.operator is Operator.SCRIPT:
            # aiosql hands over a script's text without its name.
            self._scripts[operation.sql] = statement

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        """Leave the SQL as the loader made it."""
        return sql


class SyncAdapter(_Adapter):
    """Runs statements on a `psycopg.Connection`."""

    is_aio_driver = False

    def select(self, conn: Any, query_name: str, sql: str, parameters: Passed, record_class: Any = None) -> list[Any]:
        """Return all rows, as a list."""
        statement = self._statements[query_name]
        with statement:
            cursor = RawCursor(conn, row_factory=statement.row_factory)
            return cursor.execute(statement.sql, statement.bind(parameters)).fetchall()

    def select_one(self, conn: Any, query_name: str, sql: str, parameters: Passed, record_class: Any = None) -> Any:
        """Return the first row, or None."""
        statement = self._statements[query_name]
        with statement:
            cursor = RawCursor(conn, row_factory=statement.row_factory)
            return cursor.execute(statement.sql, statement.bind(parameters)).fetchone()

    def insert_returning(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> Any:
        """Return the first row, or None: `<!` means what `^` means."""
        return self.select_one(conn, query_name, sql, parameters)

    def select_value(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> Any:
        """Return the first column of the first row, or None."""
        statement = self._statements[query_name]
        with statement:
            return (
                RawCursor(conn, row_factory=statement.value_factory)
                .execute(statement.sql, statement.bind(parameters))
                .fetchone()
            )

    @contextmanager
    def select_cursor(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> Iterator[Any]:
        """Yield the cursor, to read a long result row by row."""
        statement = self._statements[query_name]
        with statement, RawCursor(conn, row_factory=statement.row_factory) as cursor:
            yield cursor.execute(statement.sql, statement.bind(parameters))

    def insert_update_delete(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> int:
        """Return the number of rows affected."""
        statement = self._statements[query_name]
        with statement:
            cursor = RawCursor(conn, row_factory=tuple_row)
            cursor.execute(statement.sql, statement.bind(parameters))
            if cursor.pgresult is None:
                # In a pipeline the count comes with the result, so the result must be waited for.
                with conn.pipeline() as pipeline:
                    pipeline.sync()
            return cursor.rowcount

    def insert_update_delete_many(self, conn: Any, query_name: str, sql: str, parameters: Batch) -> int:
        """Run once per dict of arguments; return the number of rows affected in all."""
        statement = self._statements[query_name]
        batch = [statement.bind(each) for each in parameters]
        with statement:
            cursor = RawCursor(conn, row_factory=tuple_row)
            cursor.executemany(statement.sql, batch)
            return cursor.rowcount

    def execute_script(self, conn: Any, sql: str) -> str:
        """Run several statements, without parameters; return the status of the last."""
        with self._scripts[sql]:
            cursor = RawCursor(conn, row_factory=tuple_row).execute(sql)
            while cursor.nextset():
                pass
            return cursor.statusmessage or ""


class AsyncAdapter(_Adapter):
    """Runs statements on a `psycopg.AsyncConnection`; method for method the twin of SyncAdapter."""

    is_aio_driver = True

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Passed, record_class: Any = None
    ) -> list[Any]:
        """Return all rows, as a list."""
        statement = self._statements[query_name]
        with statement:
            cursor = AsyncRawCursor(conn, row_factory=statement.row_factory)
            return await (await cursor.execute(statement.sql, statement.bind(parameters))).fetchall()

    async def select_one(
        self, conn: Any, query_name: str, sql: str, parameters: Passed, record_class: Any = None
    ) -> Any:
        """Return the first row, or None."""
        statement = self._statements[query_name]
        with statement:
            cursor = AsyncRawCursor(conn, row_factory=statement.row_factory)
            return await (await cursor.execute(statement.sql, statement.bind(parameters))).fetchone()

    async def insert_returning(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> Any:
        """Return the first row, or None: `<!` means what `^` means."""
        return await self.select_one(conn, query_name, sql, parameters)

    async def select_value(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> Any:
        """Return the first column of the first row, or None."""
        statement = self._statements[query_name]
        with statement:
            cursor = AsyncRawCursor(conn, row_factory=statement.value_factory)
            return await (await cursor.execute(statement.sql, statement.bind(parameters))).fetchone()

    @asynccontextmanager
    async def select_cursor(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> AsyncIterator[Any]:
        """Yield the cursor, to read a long result row by row."""
        statement = self._statements[query_name]
        with statement:
            async with AsyncRawCursor(conn, row_factory=statement.row_factory) as cursor:
                yield await cursor.execute(statement.sql, statement.bind(parameters))

    async def insert_update_delete(self, conn: Any, query_name: str, sql: str, parameters: Passed) -> int:
        """Return the number of rows affected."""
        statement = self._statements[query_name]
        with statement:
            cursor = AsyncRawCursor(conn, row_factory=tuple_row)
            await cursor.execute(statement.sql, statement.bind(parameters))
            if cursor.pgresult is None:
                # In a pipeline the count comes with the result, so the result must be waited for.
                async with conn.pipeline() as pipeline:
                    await pipeline.sync()
            return cursor.rowcount

    async def insert_update_delete_many(self, conn: Any, query_name: str, sql: str, parameters: Batch) -> int:
        """Run once per dict of arguments; return the number of rows affected in all."""
        statement = self._statements[query_name]
        batch = [statement.bind(each) for each in parameters]
        with statement:
            cursor = AsyncRawCursor(conn, row_factory=tuple_row)
            await cursor.executemany(statement.sql, batch)
            return cursor.rowcount

    async def execute_script(self, conn: Any, sql: str) -> str:
        """Run several statements, without parameters; return the status of the last."""
        with self._scripts[sql]:
            cursor = await AsyncRawCursor(conn, row_factory=tuple_row).execute(sql)
            while cursor.nextset():
                pass
            return cursor.statusmessage or ""
