"""A thousand rows at once against a thousand one by one, each a unit of work of the library."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

import attune_sql
from attune_sql import queries
from attune_sql.bundled import folder
from attune_sql.scratch_server.scratch import ScratchServer
from attune_sql.scratch_server.server import Postgres
from benchmarks.workload import Material

MEMORY: Final = "without fsync"
DISK: Final = "on a durable disk"
_FOLDER: Final = "/var/tmp"
"""Where a durable server has its files unless ATTUNE_PG_TMP names a folder: /tmp is memory on many systems."""


class _Durable(Postgres):
    # PostgreSQL takes the last of what is said twice. Room for WAL and buffers as in its own defaults.
    DEFAULT_SETTINGS: ClassVar[dict[str, Any]] = dict(
        Postgres.DEFAULT_SETTINGS,
        postgres_args=Postgres.DEFAULT_SETTINGS["postgres_args"]
        + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_wal_size=1GB -c shared_buffers=128MB",
    )


@contextmanager
def durable() -> Iterator[ScratchServer]:
    """Start a migrated server of which every commit is on disk before it returns; raises as attune_sql.scratch does."""
    chosen = os.environ.get("ATTUNE_PG_TMP")
    os.environ["ATTUNE_PG_TMP"] = chosen or _FOLDER
    try:
        started = _Durable()
    finally:
        if chosen is None:
            del os.environ["ATTUNE_PG_TMP"]
    with ScratchServer(started, folder("migrations")) as server:
        yield server


def measure(dsn: str, material: Material, rounds: int) -> list[tuple[float, float]]:
    """Return the seconds for 1000 rows at once and one by one, round by round; both end committed."""
    rows = [row._asdict() for row in material.many]
    taken = []
    with attune_sql.connect(dsn, autocommit=True) as conn:
        # Files that a checkpoint would have to write are not in the way of a later moment.
        conn.execute("CHECKPOINT")
        for _ in range(rounds + 1):
            began = time.perf_counter()
            queries.execution.create_many(conn, rows=rows)
            between = time.perf_counter()
            for row in rows:
                queries.execution.create(conn, **row)
            taken.append((between - began, time.perf_counter() - between))
    # The first round prepared the statements.
    return taken[1:]
