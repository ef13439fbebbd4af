"""Compares the files with the ledger: what does not fit together comes out, each with its help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attune_sql.errors import MigrationError
from attune_sql.location import Location
from attune_sql.migration.failures import half_done
from attune_sql.migration.files import Folder, Migration
from attune_sql.migration.ledger import Applied


def compare(folder: Folder, ledger: Mapping[int, Applied], *, at_work: bool = False) -> Iterator[MigrationError]:
    """Yield what is wrong between a folder and a ledger.

    `at_work` says that a runner holds the lock, so that a `running` row is its present work and no wreck.
    """
    files = {migration.version: migration for migration in folder.migrations}
    newest_file, newest_applied = max(files, default=0), max(ledger, default=0)
    for version in range(1, max(newest_file, newest_applied) + 1):
        file, row = files.get(version), ledger.get(version)
        if file is None and row is None:
            if version < newest_file:
                yield _gap(version, files)
        elif file is None and row is not None:
            yield _without_file(row, newest_file)
        elif file is not None and row is not None:
            yield from _changed(file, row)
        elif file is not None and version < newest_applied:
            yield _out_of_order(file, ledger[newest_applied])
        if row is not None and row.state == "running" and not at_work:
            yield _unfinished(row)


def aim(folder: Folder, ledger: Mapping[int, Applied], to: int | None) -> tuple[Migration, ...]:
    """Return the migrations that are still to run, up to and with number `to`.

    Raises MigrationError when `to` is no migration, or lies below what is applied.
    """
    newest = max(ledger, default=0)
    if to is not None and to not in {migration.version for migration in folder.migrations}:
        raise MigrationError(
            f"there is no migration {to:04}", help=f"the newest is {folder.migrations[-1].label}", rule="to"
        )
    if to is not None and to < newest:
        raise MigrationError(
            f"the database is past {to:04} already: it is at {newest:04}",
            help="migrations go forward only: undo one with a new migration",
            rule="to",
        )
    return tuple(
        migration
        for migration in folder.migrations
        if migration.version not in ledger and (to is None or migration.version <= to)
    )


def first_of(problems: tuple[MigrationError, ...]) -> MigrationError:
    """Return the first problem, saying in its help how many more there are."""
    first, more = problems[0], len(problems) - 1
    if not more:
        return first
    rest = f"{more} more problem{'s' * (more != 1)}: attune-sql status lists them all"
    both = f"{first.help}; {rest}" if first.help else rest
    return MigrationError(first.message, location=first.location, help=both, rule=first.rule)


def _gap(version: int, files: Mapping[int, Migration]) -> MigrationError:
    following = files[min(number for number in files if number > version)]
    return MigrationError(
        f"there is no migration {version:04}",
        location=Location(following.path, 1),
        help=f"numbers have no gaps: rename the files from {following.path.name} on, or restore {version:04}",
        rule="number",
    )


def _without_file(row: Applied, newest_file: int) -> MigrationError:
    if row.version > newest_file:
        return MigrationError(
            f"the database is newer than the files: it has {row.label}, the newest file is {newest_file:04}",
            help="run a release that holds this migration, or restore its file",
            rule="newer",
        )
    return MigrationError(
        f"{row.label} was applied, and its file is gone", help="restore it from version control", rule="missing"
    )


def _changed(file: Migration, row: Applied) -> Iterator[MigrationError]:
    if file.name != row.name:
        yield MigrationError(
            f"{file.label} was applied under the name {row.label}",
            location=Location(file.path, 1),
            help="give the file its old name again; a migration that came later takes the next free number",
            rule="renamed",
        )
    elif file.checksum != row.checksum:
        yield MigrationError(
            f"{file.label} was edited after it was applied: its checksum is {file.checksum[:8]}, "
            f"and {row.checksum[:8]} in the ledger",
            location=Location(file.path, 1),
            help="restore the file, and write the change as a new migration",
            rule="edited",
        )


def _out_of_order(file: Migration, newest: Applied) -> MigrationError:
    return MigrationError(
        f"{file.label} comes too late: {newest.label} is applied already",
        location=Location(file.path, 1),
        help="give it the next free number",
        rule="order",
    )


def _unfinished(row: Applied) -> MigrationError:
    return MigrationError(
        f"{row.label} runs outside a transaction, and began at {row.applied_at:%Y-%m-%d %H:%M:%S %Z} without finishing",
        help=half_done(row.version),
        rule="unfinished",
    )
