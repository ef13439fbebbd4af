"""One loaded operation, ready to run: its SQL, how arguments are bound, how rows are built, what its errors say."""

from __future__ import annotations

from types import TracebackType

from psycopg import Error
from psycopg.errors import CheckViolation, NotNullViolation

from attune_sql.runtime.arguments import Arguments
from attune_sql.runtime.rows import RowClasses, RowFactory, value_factory
from attune_sql.source.operation import Operation

_SHOWS_THE_ROW = frozenset({NotNullViolation.sqlstate, CheckViolation.sqlstate})


class Statement:
    """What the adapters need of an operation; made once, when the file is loaded.

    As a context manager it adds a note to every database error raised inside: operation, `file:line:col`, constraint,
    and never a value. A refused row, which PostgreSQL repeats in full, is left out of the text of the error, since that
    is what gets logged; `error.diag.message_detail` still has it.
    """

    __slots__ = ("bind", "operation", "row_factory", "sql", "value_factory")

    def __init__(self, operation: Operation, classes: RowClasses) -> None:
        self.operation = operation
        self.sql = operation.sql
        self.bind = Arguments(operation).bind
        self.row_factory = RowFactory(operation, classes)
        self.value_factory = value_factory(operation, classes)

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, Error):
            self._annotate(error)

    def _annotate(self, error: Error) -> None:
        diagnostic = error.diag
        if error.sqlstate in _SHOWS_THE_ROW and diagnostic.message_primary:
            error.args = (diagnostic.message_primary,)
        # An error inside a function's body has its position there, not in this file.
        position = None if diagnostic.internal_position else diagnostic.statement_position
        location = self.operation.locate(int(position)) if position else None
        constraint = f", constraint {diagnostic.constraint_name}" if diagnostic.constraint_name else ""
        error.add_note(f"in operation {self.operation.full_name} ({location or self.operation.place}){constraint}")
        if location and (excerpt := location.excerpt()):
            error.add_note(excerpt)
