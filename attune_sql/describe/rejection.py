"""An operation that PostgreSQL refuses to prepare: RejectedError, at the author's line and column. Values only."""

from __future__ import annotations

from attune_sql.errors import AttuneSqlError
from attune_sql.location import Location
from attune_sql.source.operation import Operation

SYNTAX_ERROR = "42601"
# indeterminate_datatype and ambiguous_parameter. Source: PostgreSQL manual, "Error Codes".
UNTYPED = frozenset({"42P18", "42P08"})
# undefined_table, undefined_function and undefined_object.
UNKNOWN_NAME = frozenset({"42P01", "42883", "42704"})


class RejectedError(AttuneSqlError):
    """An operation that PostgreSQL refuses to prepare.

    `said` is the server's own message, `rule` the SQLSTATE, and `help` the server's detail and hint, or the cast that a
    parameter lacks, or the schema that a name does.
    """

    def __init__(
        self,
        operation: Operation,
        said: str,
        *,
        location: Location | None = None,
        help: str | None = None,
        sqlstate: str | None = None,
    ) -> None:
        self.operation = operation
        self.said = said
        super().__init__(
            f"PostgreSQL rejects {operation.full_name}: {said}",
            location=location or operation.header,
            help=help,
            rule=sqlstate,
        )
