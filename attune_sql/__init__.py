"""The raw-SQL data layer of Attune: named `.sql` files as Python calls over psycopg 3.

    from attune_sql import connect, queries

    with connect("postgresql:///attune") as conn:
        execution = queries.execution.find_by_id(conn, id=42)

The asynchronous twins are in `attune_sql.aio`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attune_sql.bundled import folder
from attune_sql.errors import (
    AttuneSqlError,
    MigrationError,
    PackFileError,
    RowShapeError,
    ScratchError,
    SourceError,
)

if TYPE_CHECKING:
    from attune_sql.generated.sync import Queries as _Bundled
    from attune_sql.runtime.connection import connect, pool
    from attune_sql.runtime.loader import Queries
    from attune_sql.runtime.notifications import Gap, Notification, listen
    from attune_sql.runtime.pipelining import pipeline
    from attune_sql.runtime.streaming import stream
    from attune_sql.scratch_server.scratch import scratch

    queries: _Bundled
    """The bundled operations, loaded on first use."""

# Imported on first use: the toolkit reads files without the driver, which takes longer to import than all the rest.
_LATER = {
    "Gap": "attune_sql.runtime.notifications",
    "Notification": "attune_sql.runtime.notifications",
    "connect": "attune_sql.runtime.connection",
    "listen": "attune_sql.runtime.notifications",
    "pipeline": "attune_sql.runtime.pipelining",
    "pool": "attune_sql.runtime.connection",
    "stream": "attune_sql.runtime.streaming",
}

__all__ = [
    "AttuneSqlError",
    "Gap",
    "MigrationError",
    "Notification",
    "PackFileError",
    "RowShapeError",
    "ScratchError",
    "SourceError",
    "connect",
    "listen",
    "load",
    "pipeline",
    "pool",
    "queries",
    "scratch",
    "stream",
]


def load(path: Path | str) -> Queries:
    """Load a folder of query files of one's own for synchronous connections; raises SourceError."""
    from attune_sql.runtime.loader import load

    return load(path)


@cache
def _bundled() -> _Bundled:
    # Only here: a service that loads a folder of its own does without these classes.
    from attune_sql.generated.sync import load

    return load(folder("queries"), lazy=True)


def __getattr__(name: str) -> Any:
    if name == "queries":
        return _bundled()
    if name == "scratch":
        return _scratch()
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _scratch() -> Any:
    # The toolkit is an extra, so that a service carries no test server.
    try:
        from attune_sql.scratch_server.scratch import scratch
    except ModuleNotFoundError as error:
        raise ScratchError(
            f"a scratch PostgreSQL needs the package {error.name}", help="pip install 'attune-sql[toolkit]'"
        ) from None
    return scratch
