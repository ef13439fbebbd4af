"""The ledger `attune.schema_migration`: which migrations a database has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from attune_sql.migration.connection import Connection
from attune_sql.migration.files import Migration, labelled
from attune_sql.migration.sql import statement


@dataclass(frozen=True, slots=True)
class Applied:
    """One row of the ledger.

    `applied_at` has a time zone; `duration_ms` is in milliseconds, without the commit; `state` is `running` for a file
    outside a transaction that has begun and not ended.
    """

    version: int
    name: str
    checksum: str
    applied_at: datetime
    applied_by: str
    duration_ms: int | None
    state: Literal["running", "done"]

    @property
    def label(self) -> str:
        """The name that its file had, without the ending: `0003_create_pack`."""
        return labelled(self.version, self.name)


def create(connection: Connection) -> None:
    """Create the ledger, and its schema, where they are not there yet; call it under the migration lock."""
    has_schema, has_ledger = _exists(connection)
    with connection.transaction():
        # Not IF NOT EXISTS: that wants the right to create even where there is nothing to create.
        if not has_schema:
            connection.execute(statement("create_schema"))
        if not has_ledger:
            connection.execute(statement("create_ledger"))


def read(connection: Connection) -> dict[int, Applied]:
    """Return the rows by version, lowest first; none for a database without a ledger."""
    if not _exists(connection)[1]:
        return {}
    with connection.cursor(row_factory=class_row(Applied)) as cursor:
        return {row.version: row for row in cursor.execute(statement("list_applied"))}


def record_done(connection: Connection, migration: Migration, duration_ms: int) -> Applied:
    """Record a migration in the transaction that it ran in."""
    with connection.cursor(row_factory=class_row(Applied)) as cursor:
        values = (migration.version, migration.name, migration.checksum, duration_ms)
        return _one(cursor.execute(statement("record_done"), values).fetchone())


def record_running(connection: Connection, migration: Migration) -> None:
    """Record that a migration outside a transaction begins."""
    connection.execute(statement("record_running"), (migration.version, migration.name, migration.checksum))


def mark_done(connection: Connection, migration: Migration, duration_ms: int) -> Applied:
    """Record that a migration outside a transaction has ended."""
    with connection.cursor(row_factory=class_row(Applied)) as cursor:
        return _one(cursor.execute(statement("mark_done"), (migration.version, duration_ms)).fetchone())


def forget_running(connection: Connection, migration: Migration) -> None:
    """Take back that a migration outside a transaction began, because it did nothing."""
    connection.execute(statement("forget_running"), (migration.version,))


def _exists(connection: Connection) -> tuple[object, ...]:
    return connection.execute(statement("ledger_exists")).fetchone() or (False, False)


def _one(row: Applied | None) -> Applied:
    assert row is not None  # the runner holds the lock: nobody else writes the ledger
    return row
