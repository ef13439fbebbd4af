"""Who takes part, as rows: the operator, and an identity and a worker row for each worker process."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from typing import Any

import psycopg

from attune_sql import queries

OPERATOR = "attune-demo-operator"


@dataclass(frozen=True, slots=True)
class Staff:
    """Ids: of the operator's identity, and for each worker its name, identity and worker row."""

    operator: int
    workers: tuple[tuple[str, int, int], ...]


def register(conn: psycopg.Connection[Any], workers: int, runtime: int) -> Staff:
    """Find or add the rows for so many workers, and mark the workers active."""
    with conn.transaction():
        operator = _identity(conn, OPERATOR, "Operator of the demo")
        names = [f"attune-demo-{number}" for number in range(1, workers + 1)]
        staff = [(name, _identity(conn, name, "Worker of the demo"), _worker(conn, name, runtime)) for name in names]
    return Staff(operator, tuple(staff))


def sign_off(conn: psycopg.Connection[Any], staff: Staff) -> None:
    """Mark the workers inactive."""
    for _, _, worker in staff.workers:
        queries.worker.update(conn, id=worker, status="inactive")


def _identity(conn: psycopg.Connection[Any], login: str, display_name: str) -> int:
    found = queries.identity.find_by_login(conn, login=login)
    return int((found or queries.identity.create(conn, login=login, display_name=display_name)).id)


def _worker(conn: psycopg.Connection[Any], name: str, runtime: int) -> int:
    found = queries.worker.find_by_name(conn, name=name)
    if found is None:
        found = queries.worker.create(conn, name=name, worker_type="local", runtime=runtime, status="active")
    queries.worker.update(conn, id=found.id, status="active", host=socket.gethostname(), meta={"demo": os.getpid()})
    return int(found.id)
