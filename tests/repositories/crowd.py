"""Connections that race, for the operations whose promise is about several callers at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

import psycopg

import attune_sql

Outcome = TypeVar("Outcome")

WAIT_SECONDS = 30


def impatient(dsn: str, *, autocommit: bool = True) -> psycopg.Connection[Any]:
    """Open a connection on which a statement that waits too long for another one fails instead of hanging."""
    return attune_sql.connect(dsn, autocommit=autocommit, options=f"-c statement_timeout={WAIT_SECONDS}s")


def at_once(
    dsn: str, count: int, work: Callable[[psycopg.Connection[Any], int], Outcome], *, autocommit: bool = True
) -> list[Outcome]:
    """Call `work(conn, number)` on `count` connections that start together; return what each gave, by number.

    Raises the first error of any of them: a deadlock, a violation that leaked, a wait that took too long.
    """
    start = Barrier(count, timeout=WAIT_SECONDS)

    def run(number: int) -> Outcome:
        with impatient(dsn, autocommit=autocommit) as conn:
            start.wait()
            return work(conn, number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))
