"""Throw-away databases on a server that is there already."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from typing import Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from attune_sql.errors import ScratchError
from attune_sql.scratch_server.databases import connect

NAME = "attune_scratch_"


class ExistingServer:
    """A running server, reached by a conninfo string or URL, on which databases are made and dropped.

    Its maintenance connection holds an advisory lock for as long as the databases are in use; whoever comes later drops
    databases whose lock is free (PostgreSQL manual, Explicit Locking, Advisory Locks). Session locks need a direct
    connection: not one through a pooler in transaction mode.

    Raises `ScratchError` when the server cannot be reached.
    """

    # A shared server is spared the two checkpoints that file_copy costs.
    strategy: Literal["file_copy", "wal_log"] = "wal_log"

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._owner = os.getpid()
        self._stopping = threading.Lock()
        try:
            self._connection: psycopg.Connection[tuple[object, ...]] | None = connect(dsn)
        except psycopg.ProgrammingError:
            # The driver's own message may quote a password.
            raise ScratchError(
                "The DSN of the existing PostgreSQL server is not a connection string.",
                help="write it as postgresql://user@host:5432/dbname or as host=... port=... user=... dbname=...",
            ) from None
        except psycopg.OperationalError as error:
            raise ScratchError(
                f"The existing PostgreSQL server cannot be reached: {_last_line(error)}.",
                help="correct ATTUNE_SQL_DSN (or the dsn argument), or unset it to start a throw-away server instead",
            ) from None
        try:
            # Advisory locks count per database, so a name says from which database its lock is held.
            row = self._connection.execute(
                "SELECT pg_catalog.to_hex(oid::pg_catalog.int8) FROM pg_catalog.pg_database"
                " WHERE datname = pg_catalog.current_database()"
            ).fetchone()
            assert row is not None
            self.version = self._connection.info.server_version
            family = f"{NAME}{row[0]}_"
            self.prefix = family + secrets.token_hex(4)
            self._lock(self._connection, self.prefix)
            self._sweep(self._connection, family)
            with contextlib.suppress(psycopg.Error):  # only from 14 on, and only a precaution
                self._connection.execute("SET idle_session_timeout = 0")
        except BaseException:
            self._connection.close()
            raise

    def conninfo(self, dbname: str | None = None) -> str:
        """Return the conninfo string for a database, or for the one to give orders from."""
        return make_conninfo(self._dsn, dbname=dbname) if dbname else self._dsn

    def stop(self) -> None:
        """Drop every database that was made here; harmless when repeated, and in a forked child."""
        with self._stopping:
            connection = self._connection
            if connection is None or self._owner != os.getpid():
                return
            self._connection = None
            try:
                self._drop(connection, self.prefix)
            except psycopg.OperationalError:
                # The connection was cut, or the server restarted: once more on a new one.
                with contextlib.suppress(psycopg.Error), connect(self._dsn) as again:
                    self._drop(again, self.prefix)
            finally:
                connection.close()

    def _sweep(self, connection: psycopg.Connection[tuple[object, ...]], family: str) -> None:
        """Drop databases of owners that were killed."""
        left = {str(name)[: len(self.prefix)] for name in self._names(connection, family)}
        for prefix in left - {self.prefix}:
            if self._lock(connection, prefix):
                with contextlib.suppress(psycopg.Error):  # somebody else's, or just swept by another
                    self._drop(connection, prefix)
                connection.execute(
                    "SELECT pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended(%s, 0))", (prefix,)
                )

    @staticmethod
    def _lock(connection: psycopg.Connection[tuple[object, ...]], prefix: str) -> bool:
        row = connection.execute(
            "SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended(%s, 0))", (prefix,)
        ).fetchone()
        return row is not None and bool(row[0])

    @staticmethod
    def _names(connection: psycopg.Connection[tuple[object, ...]], prefix: str) -> list[str]:
        rows = connection.execute(
            "SELECT datname::pg_catalog.text FROM pg_catalog.pg_database"
            " WHERE pg_catalog.starts_with(datname::pg_catalog.text, %s)"
            " AND pg_catalog.pg_has_role(datdba, 'USAGE')",
            (prefix,),
        )
        return [str(name) for (name,) in rows]

    @classmethod
    def _drop(cls, connection: psycopg.Connection[tuple[object, ...]], prefix: str) -> None:
        for name in cls._names(connection, prefix):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _last_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].removeprefix("FATAL:").strip().rstrip(".") if lines else type(error).__name__
