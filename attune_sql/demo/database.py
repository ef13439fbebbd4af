"""The database of a run: a scratch one that goes with it, or the user's, which must be idle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from logging import NullHandler, getLogger
from typing import Any

import psycopg
from psycopg import errors

import attune_sql
from attune_sql import queries
from attune_sql.bundled import folder
from attune_sql.demo.evidence import FINISHED
from attune_sql.demo.failure import DemoError
from attune_sql.migration.connection import masked
from attune_sql.migration.runner import migrate, status

CONNECT_SECONDS = 10


@contextmanager
def migrated(dsn: str | None) -> Iterator[str]:
    """Yield the conninfo string of a migrated database: a scratch one, or the one that `dsn` names.

    Raises DemoError when that has unfinished executions, before anything in it is changed; MigrationError when it
    cannot be reached or migrated; ScratchError when there is no scratch server to be had.
    """
    if dsn is None:
        with attune_sql.scratch() as server:
            yield server.dsn
        return
    # Asks without changing, and says it well when there is no such server.
    status(dsn, folder("migrations"))
    _refuse_busy(dsn)
    if migrate(dsn, folder("migrations")):
        # An older schema could not be asked before.
        _refuse_busy(dsn)
    yield dsn


def connect(dsn: str) -> psycopg.Connection[Any]:
    """Open a connection in autocommit, without waiting for ever for a host that does not answer."""
    # What the driver says of a connection that breaks would stand on the terminal beside our own words.
    getLogger("psycopg").addHandler(NullHandler())
    given = psycopg.conninfo.conninfo_to_dict(dsn)
    return attune_sql.connect(dsn, autocommit=True, connect_timeout=given.get("connect_timeout") or CONNECT_SECONDS)


def described(error: psycopg.Error, doing: str) -> DemoError:
    """Make the error for what the database said while the demo was `doing` something."""
    reason = masked(str(error).strip().partition("\n")[0])
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return DemoError(
            f"the database was lost while {doing}: {reason}", help="look into the log of the server, and run again"
        )
    where = f" ({error.__notes__[0]})" if getattr(error, "__notes__", None) else ""
    return DemoError(f"the database refused something while {doing}: {reason}{where}")


def place(dsn: str) -> str:
    """Say where a database is, without user and password."""
    parts = psycopg.conninfo.conninfo_to_dict(dsn)
    shown = [f"{name} {parts[name]}" for name in ("host", "port", "dbname") if parts.get(name)]
    return ", ".join(shown) or "the default of this environment"


def _refuse_busy(dsn: str) -> None:
    with connect(dsn) as conn:
        try:
            counts = queries.execution.count_by_status(conn)
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            return
    busy = [f"{row.count} {row.status}" for row in counts if row.status not in FINISHED]
    if busy:
        raise DemoError(
            f"this database has executions that are not finished ({', '.join(busy)}), and the demo would run them",
            help="use a database without traffic, or leave out --dsn for a scratch one",
        )
