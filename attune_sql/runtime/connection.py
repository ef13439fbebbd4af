"""Connections and pools set up for Attune; any other psycopg connection works too, only slower."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import AsyncConnection, Connection
from psycopg.types.json import set_json_loads

from attune_sql.runtime.json_codec import JsonLoader, loads

if TYPE_CHECKING:
    from psycopg_pool import AsyncConnectionPool, ConnectionPool

_APPLICATION = "attune_sql"


def connect(conninfo: str = "", **options: Any) -> Connection[Any]:
    """Open a connection that decodes jsonb with the fast codec.

    `conninfo` and `options` are those of `psycopg.connect`; an empty text means libpq's own environment (`PGHOST` and
    so on). Transactions are psycopg's: nothing is committed until the caller does.
    """
    connection = Connection.connect(conninfo, **_with_name(options))
    _set_up(connection)
    return connection


async def connect_async(conninfo: str = "", **options: Any) -> AsyncConnection[Any]:
    """Open an asynchronous connection; otherwise as `connect`."""
    connection = await AsyncConnection.connect(conninfo, **_with_name(options))
    _set_up(connection)
    return connection


def pool(
    conninfo: str = "", *, kwargs: dict[str, Any] | None = None, **options: Any
) -> ConnectionPool[Connection[Any]]:
    """Make a pool of connections set up as by `connect`.

    `options` are those of `psycopg_pool.ConnectionPool` (`min_size`, `max_size`, `timeout` in seconds, …), `kwargs`
    those of each connection. The pool opens with its `with` block, or with `open()`.
    """
    from psycopg_pool import ConnectionPool

    return ConnectionPool(conninfo, kwargs=_with_name(kwargs or {}), configure=_set_up, **{"open": False, **options})


def pool_async(
    conninfo: str = "", *, kwargs: dict[str, Any] | None = None, **options: Any
) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """Make a pool of asynchronous connections; otherwise as `pool`."""
    from psycopg_pool import AsyncConnectionPool

    return AsyncConnectionPool(
        conninfo, kwargs=_with_name(kwargs or {}), configure=_set_up_async, **{"open": False, **options}
    )


def _with_name(options: dict[str, Any]) -> dict[str, Any]:
    return {"fallback_application_name": _APPLICATION, **options}


def _set_up(connection: Connection[Any] | AsyncConnection[Any]) -> None:
    # For the binary format, which a caller may ask for; then for the text that every operation asks for.
    set_json_loads(loads, connection)
    for name in ("json", "jsonb"):
        connection.adapters.register_loader(name, JsonLoader)


async def _set_up_async(connection: AsyncConnection[Any]) -> None:
    _set_up(connection)
