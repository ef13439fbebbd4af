"""Databases on a server: the host that they are made on, and making them."""

from __future__ import annotations

import time
from typing import Literal, LiteralString, Protocol

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from attune_sql.errors import ScratchError

CONNECT_SECONDS = 10
# As long as CREATE DATABASE itself would wait before it gives up.
IDLE_SECONDS = 5.0
# The oldest with CREATE DATABASE ... STRATEGY.
OLDEST = 150000

# The same bytes and the same order everywhere, whatever the server's own default is.
_EMPTY = sql.SQL(
    "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc"
)


class Host(Protocol):
    """A server on which throw-away databases can be made."""

    @property
    def prefix(self) -> str:
        """What the names of its databases begin with."""

    @property
    def strategy(self) -> Literal["file_copy", "wal_log"]:
        """How databases are copied on it."""

    def conninfo(self, dbname: str | None = None) -> str:
        """Return the conninfo string for a database, or for the one to give orders from."""

    def stop(self) -> None:
        """Remove everything that was made; harmless when repeated."""


def connect(conninfo: str) -> psycopg.Connection[tuple[object, ...]]:
    """Connect with autocommit, and without ever hanging on a host that does not answer."""
    if not conninfo_to_dict(conninfo).get("connect_timeout"):
        conninfo = make_conninfo(conninfo, connect_timeout=CONNECT_SECONDS)
    return psycopg.connect(conninfo, autocommit=True)


def create_empty(host: Host, name: str) -> int:
    """Make an empty database, and return the server's version number (180006 for 18.6).

    Raises `ScratchError` without the right to do so, without room, or on a server that is too old.
    """
    with connect(host.conninfo()) as connection:
        version = connection.info.server_version
        if version < OLDEST:
            raise ScratchError(
                f"PostgreSQL {version // 10000} is too old: attune_sql needs 15 or later.",
                help="pip install 'attune-sql[toolkit]' for a current one, or set ATTUNE_PG_BINDIR or ATTUNE_SQL_DSN",
            )
        _create(connection, _EMPTY.format(name=sql.Identifier(name)))
    return version


def create_copy(host: Host, name: str, template: str) -> None:
    """Make a database as a copy of `template`, to which nobody is connected (PostgreSQL manual, CREATE DATABASE)."""
    strategies: dict[str, LiteralString] = {"file_copy": "file_copy", "wal_log": "wal_log"}
    statement = sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY " + strategies[host.strategy])
    with connect(host.conninfo()) as connection:
        _create(connection, statement.format(name=sql.Identifier(name), template=sql.Identifier(template)))


def seal(host: Host, name: str) -> None:
    """Let nobody connect to a database any more, and wait until its last session is gone.

    CREATE DATABASE would wait as well, but looks only every 100 milliseconds.
    """
    with connect(host.conninfo()) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false").format(name=sql.Identifier(name))
        )
        deadline = time.monotonic() + IDLE_SECONDS
        in_use = "SELECT 1 FROM pg_catalog.pg_stat_activity WHERE datname = %s"
        while connection.execute(in_use, (name,)).fetchone() is not None and time.monotonic() < deadline:
            time.sleep(0.002)


def _create(connection: psycopg.Connection[tuple[object, ...]], statement: sql.Composed) -> None:
    try:
        connection.execute(statement)
    except errors.InsufficientPrivilege:
        user = connection.info.user
        raise ScratchError(
            f"The role {user} may not create databases on this server.",
            help=f"ALTER ROLE {user} CREATEDB, or unset ATTUNE_SQL_DSN to start a throw-away server instead",
        ) from None
    except errors.DiskFull as error:
        raise ScratchError(
            f"The server has no room for another database: {error.diag.message_primary}.",
            help="free about 100 MB there; for a throw-away server ATTUNE_PG_TMP names another folder",
        ) from None
