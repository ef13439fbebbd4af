"""The fields of an error of the server → RejectedError, with the author's names for the numbers of parameters."""

from __future__ import annotations

import re

from psycopg.pq import DiagnosticField
from psycopg.pq.abc import PGresult

from attune_sql.describe.rejection import UNTYPED, RejectedError
from attune_sql.describe.spans import span
from attune_sql.source.operation import Operation

_PARAMETER = re.compile(r"\$(\d+)")
_ADVICE = (DiagnosticField.MESSAGE_DETAIL, DiagnosticField.MESSAGE_HINT)


class Refusal:
    """The fields of one error of the server, read while its result lives."""

    def __init__(self, result: PGresult, encoding: str) -> None:
        def said(field: DiagnosticField) -> str | None:
            value = result.error_field(field)
            return value.decode(encoding, "replace") if value else None

        self.message = said(DiagnosticField.MESSAGE_PRIMARY) or "the connection was lost"
        self.sqlstate = said(DiagnosticField.SQLSTATE)
        self.help = " ".join(filter(None, map(said, _ADVICE))) or None
        position = said(DiagnosticField.STATEMENT_POSITION)
        self.position = int(position) if position else None
        # Messages are translated, the mark of a parameter is not.
        number = _PARAMETER.search(self.message) if self.sqlstate in UNTYPED else None
        self.parameter = int(number[1]) if number else None

    def error(self, operation: Operation, *, position: int | None = None, help: str | None = None) -> RejectedError:
        """Make the finding, with names of parameters for their numbers; `position` and `help` replace what was said."""
        place = position or self.position
        return RejectedError(
            operation,
            _named(self.message, operation),
            location=span(operation, place) if place else None,
            help=help or (_named(self.help, operation) if self.help else None),
            sqlstate=self.sqlstate,
        )


def _named(text: str, operation: Operation) -> str:
    def name(found: re.Match[str]) -> str:
        number = int(found[1])
        return f":{operation.arguments[number - 1]}" if 0 < number <= len(operation.arguments) else found[0]

    return _PARAMETER.sub(name, text)
