"""Brings a database to the newest migration of a folder, and tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from attune_sql.errors import MigrationError
from attune_sql.migration import files, ledger
from attune_sql.migration.apply import apply
from attune_sql.migration.connection import Connection, session
from attune_sql.migration.files import Migration
from attune_sql.migration.ledger import Applied
from attune_sql.migration.lock import Holder, find_holder, held
from attune_sql.migration.refusals import aim, compare, first_of

LOCK_WAIT_SECONDS = 60.0
LOCK_TIMEOUT = "5s"


@dataclass(frozen=True, slots=True)
class Status:
    """How a database stands to a folder of migrations.

    `applied` and `pending` are in the order of their numbers; a migration that runs just now is in `applied`, with the
    state `running`, and `holder` is the session that holds the migration lock. `problems` is what a run would refuse.
    """

    applied: tuple[Applied, ...]
    pending: tuple[Migration, ...]
    problems: tuple[MigrationError, ...]
    holder: Holder | None

    @property
    def up_to_date(self) -> bool:
        """Whether every migration is applied and nothing is wrong."""
        return not self.pending and not self.problems and all(row.state == "done" for row in self.applied)


def migrate(
    dsn: str,
    folder: Path,
    *,
    to: int | None = None,
    dry_run: bool = False,
    on_applied: Callable[[Applied], None] | None = None,
    lock_wait_seconds: float = LOCK_WAIT_SECONDS,
    lock_timeout: str = LOCK_TIMEOUT,
) -> list[Migration]:
    """Run the migrations of `folder` that the database does not have, and return them in order.

    dsn: conninfo string or URL of a direct connection, not through a pooler in transaction mode.
    to: number of the last migration to run, by default the newest.
    dry_run: check everything and return what would run; nothing is changed, and no lock is taken.
    on_applied: called after each commit.
    lock_wait_seconds: how long to wait for another runner on the same database.
    lock_timeout: how long a statement may wait for a lock, as PostgreSQL writes it (`5s`, `0` for ever). A statement
        with CONCURRENTLY waits for ever.

    Each file runs in a transaction of its own with its row in the ledger, unless its first line says
    `-- attune: no-transaction`. Safe beside other runners, and to be killed at any moment.

    Raises MigrationError when files and ledger do not fit, or the server refuses; earlier files stay applied.
    Source: PostgreSQL manual 13.3.5 "Advisory Locks", 55.2.2.1 "Multiple Statements in a Simple Query".
    """
    found = files.read(folder)
    _refuse(found.problems)
    with session(dsn) as connection:
        if dry_run:
            rows, holder = _look(connection)
            _refuse(tuple(compare(found, rows, at_work=holder is not None)))
            return list(aim(found, rows, to))
        with held(connection, lock_wait_seconds):
            rows = ledger.read(connection)
            _refuse(tuple(compare(found, rows)))
            pending = aim(found, rows, to)
            ledger.create(connection)
            for migration in pending:
                applied = apply(connection, migration, lock_timeout)
                if on_applied is not None:
                    on_applied(applied)
    return list(pending)


def status(dsn: str, folder: Path) -> Status:
    """Tell which migrations a database has, which it lacks, and what a run would refuse; changes nothing.

    Raises MigrationError when the folder or the server cannot be read at all.
    """
    found = files.read(folder)
    with session(dsn) as connection:
        rows, holder = _look(connection)
    # Beside the ledger, a file that cannot be read would be missed a second time.
    problems = found.problems or tuple(compare(found, rows, at_work=holder is not None))
    pending = tuple(migration for migration in found.migrations if migration.version not in rows)
    return Status(tuple(rows.values()), pending, problems, holder)


def _look(connection: Connection) -> tuple[dict[int, Applied], Holder | None]:
    """Read the ledger without the lock, and say who holds that.

    A runner may end in between: a row that was `running` before the lock was seen free is read once more, so that what
    is then still `running` is truly left behind.
    """
    rows = ledger.read(connection)
    holder = find_holder(connection)
    if holder is None and any(row.state == "running" for row in rows.values()):
        rows = ledger.read(connection)
    return rows, holder


def _refuse(problems: tuple[MigrationError, ...]) -> None:
    if problems:
        raise first_of(problems)
