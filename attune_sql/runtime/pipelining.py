"""Several operations in one round trip, each with its own typed result.

Source: PostgreSQL manual, "Pipeline Mode" (libpq); psycopg manual, "Pipeline mode support".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from psycopg import AsyncConnection, AsyncRawCursor, Connection, Error, RawCursor
from psycopg.rows import tuple_row

from attune_sql.runtime.statement import Statement, statement_of
from attune_sql.source.operation import Operator

P = ParamSpec("P")
T = TypeVar("T")

_UNFIT = frozenset({Operator.MANY, Operator.SCRIPT})


class Deferred(Generic[T]):
    """The result of one operation of a pipeline, there once the pipeline's block has ended."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._results: list[T] = []

    def result(self) -> T:
        """Return what the operation returns; raises RuntimeError before the end of the block, or where it failed."""
        if not self._results:
            raise RuntimeError(
                f"{self._statement.operation.full_name} has no result: its pipeline has not run to its end"
            )
        return self._results[0]

    def _settle(self, result: Any) -> None:
        self._results.append(result)


class _Call:
    """One collected call: what to send, where its answer goes."""

    __slots__ = ("cursor", "deferred", "operator", "statement", "values")

    def __init__(self, statement: Statement, values: list[Any], deferred: Deferred[Any]) -> None:
        self.statement = statement
        self.values = values
        self.deferred = deferred
        self.operator = statement.operation.operator
        self.cursor: Any = None

    def open(self, kind: type[RawCursor[Any]] | type[AsyncRawCursor[Any]], conn: Any) -> Any:
        """Make the cursor that sends the call and keeps its answer."""
        factories = {Operator.VALUE: self.statement.value_factory, Operator.AFFECTED: tuple_row}
        self.cursor = kind(conn, row_factory=factories.get(self.operator, self.statement.row_factory))
        return self.cursor

    @property
    def is_answered(self) -> bool:
        return self.cursor is not None and self.cursor.pgresult is not None


class _Calls:
    """What both pipelines share: the calls collected so far."""

    def __init__(self) -> None:
        self._calls: list[_Call] = []

    def _collect(self, operation: Any, positional: tuple[Any, ...], arguments: dict[str, Any]) -> Deferred[Any]:
        statement = statement_of(operation, "a pipeline")
        if statement.operation.operator in _UNFIT:
            raise TypeError(
                f"a pipeline takes no scripts and no batches, such as {statement.operation.full_name}"
                f" ({statement.operation.place})"
            )
        deferred: Deferred[Any] = Deferred(statement)
        self._calls.append(_Call(statement, statement.bind(positional or arguments), deferred))
        return deferred

    def _annotate(self, error: Error) -> None:
        """Note the operation that failed: the first without an answer, since the server answers in order."""
        failed = next((each for each in self._calls if not each.is_answered), None)
        if failed is not None:
            failed.statement.annotate(error)


class Pipeline(_Calls):
    """Collects operations of a synchronous connection and runs them together at the end of its `with` block."""

    def __init__(self, conn: Connection[Any]) -> None:
        super().__init__()
        self._conn = conn

    def __call__(
        self, operation: Callable[Concatenate[Connection[Any], P], T], *args: P.args, **arguments: P.kwargs
    ) -> Deferred[T]:
        """Add a call of an operation, with its arguments but without the connection; nothing is sent yet."""
        return self._collect(operation, args, arguments)

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._run()
        finally:
            self._calls.clear()

    def _run(self) -> None:
        try:
            with self._conn.pipeline():
                for call in self._calls:
                    call.open(RawCursor, self._conn).execute(call.statement.sql, call.values)
            for call in self._calls:
                call.deferred._settle(self._answer(call))
        except Error as error:
            self._annotate(error)
            raise

    def _answer(self, call: _Call) -> Any:
        if call.operator is Operator.AFFECTED:
            return call.cursor.rowcount
        return call.cursor.fetchall() if call.operator is Operator.ROWS else call.cursor.fetchone()


class AsyncPipeline(_Calls):
    """Collects operations of an asynchronous connection; otherwise as Pipeline."""

    def __init__(self, conn: AsyncConnection[Any]) -> None:
        super().__init__()
        self._conn = conn

    def __call__(
        self,
        operation: Callable[Concatenate[AsyncConnection[Any], P], Awaitable[T]],
        *args: P.args,
        **arguments: P.kwargs,
    ) -> Deferred[T]:
        """Add a call of an operation, with its arguments but without the connection; nothing is sent yet."""
        return self._collect(operation, args, arguments)

    async def __aenter__(self) -> AsyncPipeline:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._run()
        finally:
            self._calls.clear()

    async def _run(self) -> None:
        try:
            async with self._conn.pipeline():
                for call in self._calls:
                    await call.open(AsyncRawCursor, self._conn).execute(call.statement.sql, call.values)
            for call in self._calls:
                call.deferred._settle(await self._answer(call))
        except Error as error:
            self._annotate(error)
            raise

    async def _answer(self, call: _Call) -> Any:
        if call.operator is Operator.AFFECTED:
            return call.cursor.rowcount
        return await (call.cursor.fetchall() if call.operator is Operator.ROWS else call.cursor.fetchone())


def pipeline(conn: Connection[Any]) -> Pipeline:
    """Run several operations in one round trip.

        with attune_sql.pipeline(conn) as add:
            pack = add(queries.pack.find_by_ref, ref="core")
            total = add(queries.execution.count_by_status)
        print(pack.result(), total.result())

    They are sent together when the block ends, in order, and none is sent when the block raises; each `result()` is
    there after it. The first that fails ends the block with psycopg's error, whose note says which one it was; those
    after it did not run, and outside a transaction none has taken effect.
    """
    return Pipeline(conn)


def pipeline_async(conn: AsyncConnection[Any]) -> AsyncPipeline:
    """Run several operations in one round trip, in an `async with` block; otherwise as `pipeline`."""
    return AsyncPipeline(conn)
