"""The asynchronous twins: `from attune_sql.aio import connect, listen, load, pipeline, pool, queries, stream`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attune_sql.bundled import folder
from attune_sql.runtime.connection import connect_async as connect
from attune_sql.runtime.connection import pool_async as pool
from attune_sql.runtime.loader import Queries
from attune_sql.runtime.loader import load as _load
from attune_sql.runtime.notifications import listen_async as listen
from attune_sql.runtime.pipelining import pipeline_async as pipeline
from attune_sql.runtime.streaming import stream_async as stream

if TYPE_CHECKING:
    from attune_sql.generated.aio import Queries as _Bundled

    queries: _Bundled
    """The bundled operations, loaded on first use."""

__all__ = ["connect", "listen", "load", "pipeline", "pool", "queries", "stream"]


def load(path: Path | str) -> Queries:
    """Load a folder of query files for asynchronous connections; raises SourceError."""
    return _load(path, aio=True)


@cache
def _bundled() -> _Bundled:
    # Only here: a service that loads a folder of its own does without these classes.
    from attune_sql.generated.aio import load

    return load(folder("queries"), lazy=True)


def __getattr__(name: str) -> Any:
    if name == "queries":
        return _bundled()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
