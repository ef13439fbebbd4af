"""Which queries a command is about, and which schema they are held against: its options, and what they choose."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attune_sql.bundled import folder
from attune_sql.describe.description import Description
from attune_sql.describe.rejection import RejectedError
from attune_sql.errors import AttuneSqlError
from attune_sql.findings.config import Config
from attune_sql.offline.answer import Answer, Folders, answer, can_be_kept
from attune_sql.source.operation import Operation

if TYPE_CHECKING:
    from psycopg import Connection

_DIR = click.Path(path_type=Path, readable=False)


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders of a command, and its server: a scratch one, a scratch database on `dsn`, or `dsn` itself.

    `keep` says that descriptions are taken from the file beside the queries, and kept there.
    """

    queries: Path
    migrations: Path
    dsn: str | None
    as_it_stands: bool
    keep: bool

    @classmethod
    def chosen(
        cls, settings: Config, queries: Path | None, migrations: Path | None, dsn: str | None, no_cache: bool
    ) -> Sources:
        """Let options win over settings, and settings over what travels with the package."""
        return cls(
            queries or settings.queries or folder("queries"),
            migrations or settings.migrations or folder("migrations"),
            dsn,
            as_it_stands=dsn is not None and migrations is None,
            keep=dsn is None and not no_cache,
        )

    @property
    def folders(self) -> Folders:
        """The folders that descriptions are kept for."""
        return Folders(self.queries, self.migrations)

    @contextmanager
    def database(self) -> Iterator[Connection[Any]]:
        """Connect to a migrated scratch database, or to the database that `dsn` names, in a read-only transaction."""
        # Only here: the driver is slow to import, and what is kept does without it.
        from attune_sql.runtime.connection import connect
        from attune_sql.scratch_server.scratch import scratch

        if self.as_it_stands and self.dsn:
            _refuse_unreadable(self.dsn)
            with connect(self.dsn) as conn:
                conn.read_only = True
                yield conn
            return
        with scratch(migrations=self.migrations, dsn=self.dsn) as server, connect(server.dsn) as conn:
            yield conn

    def answer(self, operations: Sequence[Operation], *, whole: bool) -> Answer | None:
        """Describe operations with the help of what was kept; None where nothing may be kept of them."""
        if not self.keep or not can_be_kept(self.queries, operations):
            return None
        found = answer(self.folders, operations, self.database, whole=whole, major=_wanted_major())
        if found.problem is not None:
            click.echo(f"note: {found.problem.message}; the descriptions are made anew", err=True)
        return found

    def describe(self, operations: Sequence[Operation], *, whole: bool) -> Sequence[Description | RejectedError]:
        """Describe operations, from what was kept where that is allowed."""
        found = self.answer(operations, whole=whole)
        if found is not None:
            return found.described
        from attune_sql.describe.describe import describe_all

        with self.database() as conn:
            return describe_all(conn, operations)


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which queries, and against which schema."""
    for option in (
        click.option("--no-cache", is_flag=True, help="Describe everything anew, and keep nothing beside the queries."),
        click.option("--dsn", help="Take this database as it stands; with --migrations, a scratch one on its server."),
        click.option(
            "--migrations",
            metavar="DIR",
            type=_DIR,
            help="Folder of migrations for the scratch database.  [default: the setting, or the ones of this package]",
        ),
        click.option(
            "--queries",
            metavar="DIR",
            type=_DIR,
            help="Folder of query files.  [default: the setting, or the ones of this package]",
        ),
    ):
        command = option(command)
    return command


def _refuse_unreadable(dsn: str) -> None:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(dsn)
    except (ProgrammingError, UnicodeError):
        # libpq's own words quote the part that it cannot read, which may be the password.
        raise AttuneSqlError(
            "the connection string cannot be read",
            help="write postgresql://user@host:5432/database, with special characters %-encoded, or 'host=… dbname=…'",
            rule="dsn",
        ) from None


def _wanted_major() -> int | None:
    """Tell which major version the environment asks for, None where it leaves that open."""
    if address := os.environ.get("ATTUNE_SQL_DSN"):
        from attune_sql.scratch_server.existing import ExistingServer

        # Its own words for a server that cannot be reached.
        server = ExistingServer(address)
        server.stop()
        return server.version // 10_000
    if os.environ.get("ATTUNE_PG_BINDIR"):
        from attune_sql.scratch_server.binaries import find_bindir, major_version

        return major_version(find_bindir())
    return None
