"""Connects a migration runner, and keeps passwords out of what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg.conninfo import conninfo_to_dict

from attune_sql.errors import MigrationError
from attune_sql.migration.failures import refusal_of_server

Connection = psycopg.Connection[tuple[object, ...]]

APPLICATION = "attune-sql migrate"
CONNECT_SECONDS = 10
OLDEST = 15

_PASSWORDS = re.compile(
    r"""
    (?P<url>://[^:/?\#\s@]*:)\S*(?=@)
   |(?P<word>(?:ssl)?password\s*=\s*)(?:'(?:\\.|[^'\\])*(?:'|$)|(?:\\.|[^\s&\\])+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> str:
    """Replace every password of a connection string in `text` by `***`, in URLs and in `key=value` pairs."""
    return _PASSWORDS.sub(lambda match: f"{match['url'] or match['word']}***", text)


@contextmanager
def session(dsn: str) -> Iterator[Connection]:
    """Open a connection in autocommit for one run; what the server refuses meanwhile becomes a MigrationError.

    `dsn` is a conninfo string or URL; 10 seconds to connect unless it says otherwise.
    """
    connection = _connect(dsn)
    try:
        with connection:
            if (version := connection.info.server_version // 10000) < OLDEST:
                raise MigrationError(
                    f"PostgreSQL {version} is too old: {OLDEST} or later is needed",
                    help="upgrade the server",
                    rule="server",
                )
            yield connection
    except psycopg.Error as error:
        raise refusal_of_server(error) from error


def watch_client(connection: Connection) -> None:
    """Have the server look every second whether this client still lives, so that a killed one frees its lock at once.

    Not every platform can. Source: PostgreSQL manual 19.3.2, client_connection_check_interval.
    """
    with suppress(psycopg.errors.InvalidParameterValue):
        connection.execute(b"SET client_connection_check_interval = '1s'")


def _connect(dsn: str) -> Connection:
    try:
        given = conninfo_to_dict(dsn)
    except (psycopg.ProgrammingError, UnicodeError):
        # libpq's own words quote the part that it cannot read, which may be the password.
        raise MigrationError(
            "the connection string cannot be read",
            help="write postgresql://user@host:5432/database, with special characters %-encoded, or 'host=… dbname=…'",
            rule="connection",
        ) from None
    try:
        return psycopg.connect(
            dsn,
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
            # A server-side prepared statement of ours would not survive a pooler, nor a DISCARD ALL in a migration.
            prepare_threshold=None,
            fallback_application_name=APPLICATION,
            client_encoding="utf8",
            connect_timeout=given.get("connect_timeout") or CONNECT_SECONDS,
        )
    except (psycopg.Error, UnicodeError) as error:
        raise MigrationError(
            masked(f"cannot connect: {_reason(error)}"),
            help="check that the server runs, and host, port, dbname, user and password of the connection string",
            rule="connection",
        ) from None


def _reason(error: Exception) -> str:
    text = str(error).strip().partition("\n")[0]
    return text.removeprefix("connection failed: ").removeprefix("connection is bad: ")
