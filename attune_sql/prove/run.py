"""One query on the rows of a round → what came back: how many rows, and which columns were NULL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

ROW_LIMIT = 1000
_ANSWERED = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.SINGLE_TUPLE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an execution gave.

    `rows` came back (were affected, where there are no columns); `nulls` has the number of the first row, from 1, in
    which a column (by its index, from 0) was NULL; `refused` is the error in PostgreSQL's words, or None, and
    `sqlstate` its code.
    """

    rows: int = 0
    nulls: dict[int, int] = field(default_factory=dict)
    refused: str | None = None
    sqlstate: str | None = None


def run(conn: Connection[Any], sql: str, values: Sequence[str | None]) -> Outcome:
    """Execute a statement and undo it, in an open transaction with the savepoint `attune_sql_try`.

    Reading stops after ROW_LIMIT rows. Values are not decoded: JSON's null is not NULL. Raises OperationalError when
    the connection is lost. Source: libpq, "Retrieving Query Results Row-by-Row".
    """
    pgconn, encoding = conn.pgconn, conn.info.encoding
    rows = affected = 0
    nulls: dict[int, int] = {}
    refused = sqlstate = None
    pgconn.send_query_params(sql.encode(encoding), [None if each is None else each.encode(encoding) for each in values])
    pgconn.set_single_row_mode()
    while (result := pgconn.get_result()) is not None:
        if result.status not in _ANSWERED:
            state = result.error_field(DiagnosticField.SQLSTATE)
            said = result.error_field(DiagnosticField.MESSAGE_PRIMARY) or result.error_message
            # After the limit it is our own request to stop that is answered.
            if rows < ROW_LIMIT:
                refused, sqlstate = said.decode(encoding, "replace").strip(), state.decode() if state else None
            continue
        affected += result.command_tuples or 0
        for _ in range(result.ntuples):
            rows += 1
            for column in range(result.nfields):
                if result.get_value(0, column) is None:
                    nulls.setdefault(column, rows)
            if rows == ROW_LIMIT:
                conn.cancel_safe()
    if pgconn.status == ConnStatus.BAD:
        raise OperationalError(refused or "the connection was lost")
    conn.execute("ROLLBACK TO SAVEPOINT attune_sql_try")
    return Outcome(rows or affected, nulls, refused, sqlstate)
