"""The rows that every peer works on, and the values that it writes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import psycopg

from attune_sql import queries
from benchmarks.peers.peer import New
from benchmarks.statements import COLUMNS

STATUSES: Final = ("completed",) * 17 + ("failed", "timeout", "running")
"""The status of row n is number n modulo 20: most executions are finished."""


def config(n: int) -> dict[str, Any]:
    """Make the parameters of an action: nested, about 300 bytes of JSON."""
    return {
        "url": f"https://example.org/region/{n % 97}/health",
        "method": "GET",
        "headers": {"accept": "application/json", "x-request": f"request-{n:012d}"},
        "timeout_seconds": 30,
        "expect": {"status": [200, 204], "body_contains": "ok", "latency_ms": 250.5},
        "retry": {"limit": 3, "backoff": 1.5, "on": ["timeout", "connection_reset"]},
        "notify": None,
    }


def result(n: int) -> dict[str, Any]:
    """Make the result of an action: nested, about 450 bytes of JSON."""
    return {
        "status": 200,
        "duration_ms": 12.5 + n % 400,
        "size": 1000 + n % 5000,
        "headers": {"content-type": "application/json", "server": "edge", "age": str(n % 60)},
        "checks": [
            {"name": name, "passed": True, "took_ms": 0.25 * (n % 9)}
            for name in ("status is expected", "body holds the word", "latency is low")
        ],
        "log": [f"connected to region {n % 97}", "sent 312 bytes", f"received {1000 + n % 5000} bytes"],
        "error": None,
    }


def fill(dsn: str, rows: int) -> int:
    """Fill the table with `rows` executions of one action, with ids from 1; returns the id of the action."""
    with psycopg.connect(dsn) as conn:
        pack = queries.pack.create(conn, ref="bench", label="Bench", version="1.0.0")
        action = queries.action.create(
            conn, ref="bench.check", pack=pack.id, pack_ref="bench", label="Check", description="C", entrypoint="check"
        )
        who = queries.identity.create(conn, login="bench")
        began = datetime(2026, 1, 1, tzinfo=UTC)
        # Nobody listens, and a transaction with a hundred thousand notifications is slow to commit.
        conn.execute("SET LOCAL session_replication_role = 'replica'")
        with conn.cursor().copy(f"COPY attune.execution ({', '.join(COLUMNS[1:])}) FROM STDIN") as copy:
            for n in range(1, rows + 1):
                created = began + timedelta(seconds=n)
                status = STATUSES[n % 20]
                finished = json.dumps(result(n)) if status == "completed" else None
                copy.write_row((
                    action.id, "bench.check", json.dumps(config(n)), None, None, who.id, status, finished, None,
                    created, 0, 3, None, None, True, created, created,
                ))  # fmt: skip
        conn.commit()
        conn.autocommit = True
        conn.execute("VACUUM (ANALYZE, PARALLEL 0) attune.execution")
    return int(action.id)


def new_rows(action: int, count: int) -> list[New]:
    """Make what a bulk operation adds."""
    return [New(action, "bench.check", config(n)) for n in range(count)]
