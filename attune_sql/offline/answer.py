"""Operations → their descriptions, from what was kept where it is fresh, and from a scratch database where not."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attune_sql.describe.description import Description
from attune_sql.describe.rejection import RejectedError
from attune_sql.location import shown
from attune_sql.offline import kept as file
from attune_sql.offline.digest import of_engine, of_migrations
from attune_sql.offline.kept import Kept, KeptError
from attune_sql.offline.staleness import State, examine
from attune_sql.offline.stored import restored, restored_types
from attune_sql.source.operation import Operation

if TYPE_CHECKING:
    from psycopg import Connection

Table = tuple[str, str]
"""The schema and the name of a table."""

Database = Callable[[], AbstractContextManager["Connection[Any]"]]
"""Gives a connection to a scratch database with the migrations, when one is needed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Descriptions and rejections in the order of the operations, and the columns of the tables that they name.

    `anew` has the operations that a server was asked about, by their full names, each with the reason; `problem` is
    what was wrong with the file of descriptions.
    """

    described: tuple[Description | RejectedError, ...]
    table_columns: Mapping[Table, tuple[str, ...]]
    anew: tuple[tuple[str, str], ...] = ()
    problem: KeptError | None = None


@dataclass(frozen=True, slots=True)
class Folders:
    """Where queries, migrations and, beside the queries, the descriptions are."""

    queries: Path
    migrations: Path

    @property
    def kept(self) -> Path:
        """The file of descriptions."""
        return file.file_of(self.queries)


def can_be_kept(queries: Path, operations: Sequence[Operation]) -> bool:
    """Tell whether every operation is of a file in this folder and has a name of its own, by which it is kept."""
    root = queries.resolve()
    names = {each.full_name for each in operations}
    # A folder at a time: asking the file system about every file would take longer than all the rest.
    folders = {each.resolve() for each in {operation.path.parent for operation in operations}}
    return len(names) == len(operations) and all(each.is_relative_to(root) for each in folders)


def answer(
    folders: Folders, operations: Sequence[Operation], database: Database, *, whole: bool, major: int | None = None
) -> Answer:
    """Describe operations; a server is asked only about those that are stale, and their descriptions are kept.

    `whole` says that these are all operations of the folder; `major` is the version that the server would have, None
    for any. A file of descriptions that cannot be read is made anew. A folder that cannot be written keeps nothing.
    """
    kept, problem = _read(folders.kept)
    engine, migrations = of_engine(), of_migrations(folders.migrations)
    if kept is not None and examine(kept, operations, engine, migrations, major).fresh:
        try:
            return _restored(kept, operations)
        except KeptError as error:
            kept, problem = None, error
    # Only here: it brings the driver along, which a fresh tree does without.
    from attune_sql.offline.renew import renew

    with database() as conn:
        made = renew(conn, operations, kept, engine=engine, migrations=migrations, whole=whole)
    with contextlib.suppress(OSError):
        file.write(folders.kept, made.kept)
    found = _restored(made.kept, operations)
    return Answer(found.described, found.table_columns, made.anew, problem)


def described_in(
    conn: Connection[Any], folders: Folders, operations: Sequence[Operation], *, keep: bool
) -> tuple[Kept, tuple[Description | RejectedError, ...]]:
    """Describe all operations of a folder in a scratch database, with what each depends on; `keep` as `answer` does."""
    from attune_sql.offline.renew import renew

    before, _ = _read(folders.kept) if keep else (None, None)
    migrations = of_migrations(folders.migrations)
    kept = renew(conn, operations, before, engine=of_engine(), migrations=migrations, whole=True).kept
    if keep:
        with contextlib.suppress(OSError):
            file.write(folders.kept, kept)
    return kept, _restored(kept, operations).described


def kept_answer(folders: Folders, operations: Sequence[Operation]) -> tuple[State, Answer]:
    """Describe operations without a server: what is stale, and the answer for all that is not.

    Where a migration has changed, nothing is known of any. Raises KeptError where there is nothing to go by.
    """
    kept = file.read(folders.kept)
    state = examine(kept, operations, of_engine(), of_migrations(folders.migrations), None)
    if kept is None or state.whole is not None:
        raise KeptError(
            f"{state.whole}: {shown(folders.kept)}",
            help="run attune-sql check once where a PostgreSQL can be started, and commit that file",
            rule="descriptions",
        )
    stale = {operation.full_name for operation, _ in state.operations}
    known = [] if state.migrations else [each for each in operations if each.full_name not in stale]
    return state, _restored(kept, known)


def _read(path: Path) -> tuple[Kept | None, KeptError | None]:
    try:
        return file.read(path), None
    except KeptError as error:
        return None, error


def _restored(kept: Kept, operations: Sequence[Operation]) -> Answer:
    try:
        types = restored_types(kept.types)
        described = tuple(
            restored(kept.operations[operation.full_name].found, operation, types) for operation in operations
        )
    except (LookupError, RecursionError):
        raise KeptError("the file of descriptions does not fit together", rule="descriptions") from None
    return Answer(described, {(each.schema, each.name): each.columns for each in kept.tables})
