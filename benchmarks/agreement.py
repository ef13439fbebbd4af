"""Before any clock starts: every peer must return the same rows and write the same values."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import psycopg

from benchmarks.peers import BASELINE
from benchmarks.peers.peer import AsyncPeer, SyncPeer
from benchmarks.statements import COLUMNS, Statements, percent
from benchmarks.workload import UNITS, Call

SQL: Final = Statements(percent)

Answers = dict[str, list[tuple[Any, ...]]]
"""Operation → the rows that it returned."""

Run = Callable[[Callable[[], Any]], Any]
"""How a call of the peer is brought to its result: as it is, or by the event loop."""

# What the server or the peer draws anew each time.
_DRAWN = tuple(COLUMNS.index(name) for name in ("id", "created", "updated"))
_UPDATED = (COLUMNS.index("updated"),)
_IGNORED = {
    "insert": _DRAWN, "insert, committed": _DRAWN, "bulk 1000": _DRAWN, "load 1000": _DRAWN,
    "update": _UPDATED, "update, committed": _UPDATED,
}  # fmt: skip


class DisagreementError(Exception):
    """A peer does not do what the others do."""


def answers(peer: SyncPeer | AsyncPeer, calls: dict[str, Call], run: Run) -> Answers:
    """Call each operation once, in a transaction that is rolled back, and return what a caller would see."""
    answered: Answers = {}
    for operation, call in calls.items():
        if operation in UNITS:
            continue
        run(peer.begin)
        try:
            seen = run(partial(call, 3))
            if operation == "load 1000":
                # Nothing need be returned, so the table is asked; what is written now is the newest.
                seen = run(lambda: peer.list(1000))
            rows = [seen] if operation in ("get", "insert", "update") else seen
            answered[operation] = [_comparable(operation, peer.values(row)) for row in rows]
        finally:
            run(peer.rollback)
    return answered


def committed(
    name: str, peer: SyncPeer | AsyncPeer, calls: dict[str, Call], run: Run, other: psycopg.Connection[tuple[Any, ...]]
) -> Answers:
    """Do each unit of work once and return what a caller would see; raises DisagreementError unless others see it too.

    other: another connection; it undoes what an update did, so that the next peer has something to write.
    """
    answered: Answers = {}
    for operation in [each for each in UNITS if each in calls]:
        values = peer.values(run(partial(calls[operation], 3)))
        there = other.execute(SQL.get, values[:1]).fetchone()
        returned = _comparable(operation, values)
        if there is None or _comparable(operation, there) != returned:
            raise DisagreementError(f"{name}, {operation}: what is returned is not what is committed")
        other.execute("UPDATE attune.execution SET status = 'running', result = NULL WHERE id = %s", values[:1])
        answered[operation] = [returned]
    return answered


def compare(found: dict[str, Answers]) -> None:
    """Compare every peer with the baseline; raises DisagreementError that names the peer, operation and column."""
    wanted = found[BASELINE]
    for peer, answered in found.items():
        for operation, rows in answered.items():
            want, got = wanted[operation], rows
            if operation in ("bulk 1000", "load 1000"):
                # No statement promises an order here.
                want, got = sorted(want, key=repr), sorted(got, key=repr)
            if len(want) != len(got):
                raise DisagreementError(f"{peer}, {operation}: {len(got)} rows instead of {len(want)}")
            for one, other in zip(want, got, strict=True):
                for column, left, right in zip(COLUMNS, one, other, strict=True):
                    if left != right:
                        raise DisagreementError(f"{peer}, {operation}: {column} is {right!r} instead of {left!r}")


def _comparable(operation: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    ignored = _IGNORED.get(operation, ())
    return tuple("drawn" if n in ignored and value is not None else value for n, value in enumerate(values))
