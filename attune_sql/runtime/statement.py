"""One loaded operation, ready to run: its SQL, how arguments are bound, how rows are built, what its errors say."""

from __future__ import annotations

from typing import Any

from psycopg import Error
from psycopg.errors import CheckViolation, NotNullViolation

from attune_sql.runtime.arguments import Arguments
from attune_sql.runtime.rows import RowClasses, RowFactory, value_factory
from attune_sql.source.operation import Operation

_SHOWS_THE_ROW = frozenset({NotNullViolation.sqlstate, CheckViolation.sqlstate})


class Statement:
    """What a call needs of an operation; made once, at the operation's first use.

    `sql` is already encoded where every client encoding of PostgreSQL agrees on its bytes.
    """

    __slots__ = ("bind", "operation", "row_factory", "sql", "value_factory")

    def __init__(self, operation: Operation, classes: RowClasses) -> None:
        self.operation = operation
        self.sql = operation.sql.encode() if operation.sql.isascii() else operation.sql
        self.bind = Arguments(operation).bind
        self.row_factory = RowFactory(operation, classes)
        self.value_factory = value_factory(operation, classes)

    def annotate(self, error: Error) -> None:
        """Add a note to a database error: operation, `file:line:col`, constraint, and never a value.

        A refused row, which PostgreSQL repeats in full, is left out of the text of the error, since that is what gets
        logged; `error.diag.message_detail` still has it.
        """
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


def statement_of(operation: Any, taker: str) -> Statement:
    """Return the statement behind a loaded callable; raises TypeError for anything else."""
    statement = getattr(operation, "statement", None)
    if not isinstance(statement, Statement):
        raise TypeError(f"{taker} takes an operation of loaded queries, such as queries.pack.list, not {operation!r}")
    return statement
