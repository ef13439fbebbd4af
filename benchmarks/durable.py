"""A scratch server that forgets nothing: what a commit costs when it is on disk before it returns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from attune_sql.bundled import folder
from attune_sql.scratch_server.scratch import ScratchServer
from attune_sql.scratch_server.server import Postgres

FOLDER: Final = "/var/tmp"
"""Where its files are unless ATTUNE_PG_TMP names a folder: /tmp is memory on many systems."""


class _Durable(Postgres):
    # PostgreSQL takes the last of what is said twice. Room for WAL and buffers as in its own defaults.
    DEFAULT_SETTINGS: ClassVar[dict[str, Any]] = dict(
        Postgres.DEFAULT_SETTINGS,
        postgres_args=Postgres.DEFAULT_SETTINGS["postgres_args"]
        + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_wal_size=1GB -c shared_buffers=128MB",
    )


@contextmanager
def durable() -> Iterator[ScratchServer]:
    """Start a migrated server with fsync, synchronous_commit and full_page_writes on; raises as `scratch` does.

    Source: PostgreSQL manual, "Write Ahead Log", "Settings".
    """
    chosen = os.environ.get("ATTUNE_PG_TMP")
    os.environ["ATTUNE_PG_TMP"] = chosen or FOLDER
    try:
        started = _Durable()
    finally:
        if chosen is None:
            del os.environ["ATTUNE_PG_TMP"]
        else:
            os.environ["ATTUNE_PG_TMP"] = chosen
    with ScratchServer(started, folder("migrations")) as server:
        yield server
