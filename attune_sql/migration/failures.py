"""Says what the server refused: a psycopg error in, a MigrationError with place, SQLSTATE and help out."""

from __future__ import annotations

import re

import psycopg
from psycopg import errors

from attune_sql.errors import MigrationError
from attune_sql.location import Location
from attune_sql.migration.files import Migration
from attune_sql.migration.statements import NO_TRANSACTION, Statement

NOTHING_APPLIED = "nothing of this file was applied"

_UNQUALIFIED = "migrations run with an empty search_path: every name needs its schema"
# In a message of whatever language: a name with its schema.
_QUALIFIED = re.compile(r"""\w"?\."?\w""")
_HELP = {
    "3F000": _UNQUALIFIED,
    "42P01": _UNQUALIFIED,
    "42883": _UNQUALIFIED,
    "42704": _UNQUALIFIED,
    "25001": f"make '{NO_TRANSACTION}' the first line, and this statement the only one of its file",
    "25006": "migrate the primary: target_session_attrs=read-write in the connection string finds it",
    "42501": "migrate as the role that owns the database and its objects",
    "55P03": "another session holds a lock in its way: see pg_stat_activity, and run again when it has ended",
    "57014": "run again; if statement_timeout cut it short, give the file SET LOCAL statement_timeout = 0",
}


def half_done(version: int) -> str:
    """Tell how to repair a file that ran outside a transaction and did not finish."""
    return (
        "look what it left behind, an index for one: SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid\n"
        "  to run it again, drop that, and then\n"
        f"    DELETE FROM attune.schema_migration WHERE version = {version};\n"
        "  to keep it, if the work turns out to be complete,\n"
        f"    UPDATE attune.schema_migration SET state = 'done' WHERE version = {version};"
    )


def refusal_of_server(error: psycopg.Error) -> MigrationError:
    """Word an error of the runner's own statements."""
    if _lost(error):
        return MigrationError(
            f"the connection to the server was lost: {_said(error)}",
            help="run again: what was not committed is undone by the server",
            rule="connection",
        )
    return MigrationError(_said(error), help=_help(error), rule="server")


def refusal_of_migration(
    error: psycopg.Error, migration: Migration, statement: Statement | None, *, left: str = NOTHING_APPLIED
) -> MigrationError:
    """Word an error of a migration's own text.

    `statement` is the one that failed, where that is known; `left` says what is in the database now.
    """
    if _lost(error):
        return MigrationError(
            f"the connection to the server was lost while {migration.label} ran: {_said(error)}",
            help="run again: the server undoes a file that it did not commit, and the ledger tells"
            if migration.transaction
            else half_done(migration.version),
            rule="connection",
        )
    return MigrationError(
        f"{_said(error)}; {left}",
        location=_place(error, migration, statement),
        help=half_done(migration.version) if left != NOTHING_APPLIED else _help(error),
        rule="lock-timeout" if isinstance(error, errors.LockNotAvailable) else "sql",
    )


def did_nothing(error: psycopg.Error) -> bool:
    """Tell whether a single statement was refused before it changed anything: while it was read and checked.

    The same classes raised by code that the statement calls, as an index expression does, have a context.
    """
    return not _lost(error) and error.diag.context is None and (error.sqlstate or "")[:2] in {"0A", "25", "3F", "42"}


def _lost(error: psycopg.Error) -> bool:
    state = error.sqlstate or ""
    return isinstance(error, psycopg.OperationalError) and (not state or state[:2] == "08" or state[:4] == "57P0")


def _said(error: psycopg.Error) -> str:
    diag = error.diag
    if diag.message_primary is None:
        return (str(error).strip() or "no reason given").partition("\n")[0]
    detail = f": {diag.message_detail.rstrip('.')}" if diag.message_detail else ""
    where = f", in {diag.context.splitlines()[0]}" if diag.context else ""
    return f"{diag.message_primary}{detail}{where} (SQLSTATE {diag.sqlstate})"


def _help(error: psycopg.Error) -> str | None:
    help = _HELP.get(error.sqlstate or "")
    said = error.diag.message_primary or ""
    if help is _UNQUALIFIED and (_QUALIFIED.search(said) or (error.sqlstate == "3F000" and '"' in said)):
        help = "create it first: in an earlier migration, or above"
    return error.diag.message_hint or help


def _place(error: psycopg.Error, migration: Migration, statement: Statement | None) -> Location:
    text = migration.text
    if error.diag.statement_position:
        start = int(error.diag.statement_position) - 1
        word = re.compile(r'[\w.]+|"[^"]*"|.?').match(text, start)
        return Location.at(migration.path, text, start, word.end() if word else None)
    if statement is not None:
        return Location.at(migration.path, text, statement.start, statement.end)
    return Location(migration.path, 1)
