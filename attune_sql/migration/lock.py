"""The lock that lets one migration runner at a time work on a database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

from attune_sql.errors import MigrationError
from attune_sql.migration.connection import Connection
from attune_sql.migration.sql import statement

KEY = int.from_bytes(b"attune")
"""The advisory lock's number, 0x617474756e65; advisory locks count per database."""

_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """The session that holds the lock; what this role may not see of it is None."""

    pid: int
    application_name: str | None
    username: str | None
    backend_start: datetime | None

    def __str__(self) -> str:
        name = f" ({self.application_name})" if self.application_name else ""
        user = f" of {self.username}" if self.username else ""
        since = f", connected since {self.backend_start:%Y-%m-%d %H:%M:%S %Z}" if self.backend_start else ""
        return f"process {self.pid}{name}{user}{since}"


@contextmanager
def held(connection: Connection, wait_seconds: float) -> Iterator[None]:
    """Hold the lock for the block; raise MigrationError naming the holder after `wait_seconds`.

    It is polled: a session that waits inside pg_advisory_lock() keeps a snapshot, for which a CREATE INDEX CONCURRENTLY
    of the holder waits in turn, and the two deadlock. The lock belongs to the session, so that the server frees it
    however the runner dies, and so that it needs a direct connection, not a transaction pooler.
    Source: PostgreSQL manual 13.3.5, "Advisory Locks".
    """
    deadline = time.monotonic() + wait_seconds
    while not _try(connection):
        if time.monotonic() >= deadline:
            raise _taken(find_holder(connection), wait_seconds)
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        # A lost connection has freed it already, and the error that lost it is the one to tell.
        with suppress(psycopg.Error):
            connection.execute(statement("release_lock"), (KEY,))


def find_holder(connection: Connection) -> Holder | None:
    """Return the session that holds the lock of this database, or None."""
    with connection.cursor(row_factory=class_row(Holder)) as cursor:
        return cursor.execute(statement("find_lock_holder"), (KEY,)).fetchone()


def transaction_of_holder(connection: Connection) -> str:
    """Return the number of the transaction, and make sure that it runs in the session that holds the lock."""
    number, locked = connection.execute(statement("holds_lock"), (KEY,)).fetchone() or ("", False)
    if not locked:
        raise MigrationError(
            "the session that runs the migration does not hold the migration lock",
            help="connect to PostgreSQL directly: a pooler in transaction mode changes sessions in between",
            rule="lock",
        )
    return str(number)


def _try(connection: Connection) -> bool:
    row = connection.execute(statement("try_lock"), (KEY,)).fetchone()
    return row is not None and row[0] is True


def _taken(holder: Holder | None, wait_seconds: float) -> MigrationError:
    return MigrationError(
        f"another migration is at work: the lock is held by {holder or 'another session'} (waited {wait_seconds:g} s)",
        help=f"wait for it to end, or end it with SELECT pg_terminate_backend({holder.pid})" if holder else "run again",
        rule="lock",
    )
