"""One query: what the engine promises of it, and whether a run of it keeps the promise."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.errors import Diagnostic
from psycopg.pq import ExecStatus

from attune_sql.describe import lineage
from attune_sql.describe.cardinality import Rows, cardinality
from attune_sql.describe.catalogue import PgCatalogue
from attune_sql.describe.nullability import Verdict, columns
from attune_sql.describe.query_tree import Node, read
from attune_sql.describe.tables import tables

_PATIENCE = 30.0
_SETTINGS = ("search_path = ''", "debug_pretty_print = off", "log_min_messages = fatal", "jit = off")


class ServerLostError(Exception):
    """The server went away while it ran this query: a defect of PostgreSQL, or of the machine."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What the engine says of a query; `parameters` are the types of its parameters, by their short names."""

    query: str
    parameters: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the number of rows, and the indexes of the columns that were NULL in one; or an error."""

    rows: int
    nulls: frozenset[int]
    error: str = ""


@contextmanager
def session(dsn: str) -> Iterator[Connection[Any]]:
    """Connect in autocommit, set up for the hunt; waits for a server that is just starting anew after a crash."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            conn = psycopg.connect(dsn, autocommit=True)
            for each in (*_SETTINGS, "statement_timeout = '1s'"):
                conn.execute(f"SET {each}".encode())
            break
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    with conn:
        yield conn


@contextmanager
def _printing(conn: Connection[Any]) -> Iterator[list[str]]:
    """Have trees printed as `rewritten.printing` does, but outside a transaction: to be refused costs nothing."""
    texts: list[str] = []

    def hear(diagnostic: Diagnostic) -> None:
        detail = diagnostic.message_detail
        if detail and detail.startswith("("):
            texts.append(detail)

    conn.add_notice_handler(hear)
    conn.execute("SET client_min_messages = log")
    conn.execute("SET debug_print_rewritten = on")
    try:
        yield texts
    finally:
        conn.execute("SET debug_print_rewritten = off")
        conn.execute("RESET client_min_messages")
        conn.remove_notice_handler(hear)


def promises(conn: Connection[Any], queries: Sequence[tuple[str, Sequence[str]]]) -> list[Promise | str]:
    """Ask the engine about queries with the types of their parameters; for a refused one, return the message."""
    found: list[tuple[list[Node], str]] = []
    with _printing(conn) as texts:
        for query, _ in queries:
            texts.clear()
            result = conn.pgconn.prepare(b"", query.encode())
            if result.status == ExecStatus.COMMAND_OK:
                found.append((read(texts[-1]), ""))
            else:
                found.append(([], result.error_message.decode().splitlines()[0]))
    catalogue = PgCatalogue(conn)
    oids = {oid for trees, _ in found for tree in trees for oid in lineage.relations(tree)}
    known = tables(conn, oids)
    return [
        error
        or Promise(query, tuple(parameters), tuple(columns(trees, catalogue)), cardinality(trees, catalogue, known))
        for (query, parameters), (trees, error) in zip(queries, found, strict=True)
    ]


def run(conn: Connection[Any], query: str, values: Sequence[str | None]) -> Outcome:
    """Run a query and undo it."""
    pgconn = conn.pgconn
    pgconn.exec_(b"BEGIN")
    result = pgconn.exec_params(query.encode(), [None if each is None else each.encode() for each in values])
    if conn.closed or conn.broken:
        raise ServerLostError(query)
    pgconn.exec_(b"ROLLBACK")
    if result.status != ExecStatus.TUPLES_OK:
        return Outcome(0, frozenset(), result.error_message.decode().splitlines()[0])
    # Not the values: JSON's null is none.
    nulls = (
        column
        for column in range(result.nfields)
        if any(result.get_value(row, column) is None for row in range(result.ntuples))
    )
    return Outcome(result.ntuples, frozenset(nulls))


def broken(promise: Promise, outcome: Outcome) -> list[str]:
    """Tell in words what a run broke."""
    if outcome.error:
        return []
    found = [
        f"column {index + 1} is NULL; said: {promise.verdicts[index].text}"
        for index in sorted(outcome.nulls)
        if not promise.verdicts[index].nullable
    ]
    allowed = {"one": (1,), "at_most_one": (0, 1)}.get(promise.rows.cardinality)
    if allowed is not None and outcome.rows not in allowed:
        found.append(f"{outcome.rows} rows; said {promise.rows.cardinality}: {promise.rows.text}")
    return found
