"""A thousand rows at once against a thousand one by one, each a unit of work of the library."""

from __future__ import annotations

import time

import attune_sql
from attune_sql import queries
from benchmarks.workload import Material


def measure(dsn: str, material: Material, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Return the seconds for 1000 rows at once and one by one, round by round, by the kind of server; all committed."""
    rows = [row._asdict() for row in material.many]
    taken = []
    with attune_sql.connect(dsn, autocommit=True) as conn:
        durable = conn.execute("SHOW fsync").fetchone() == ("on",)
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
    return {"on a durable disk" if durable else "without fsync": taken[1:]}
