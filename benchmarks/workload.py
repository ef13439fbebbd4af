"""The operations: what one call of each is, for any peer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.data import config, new_rows, result
from benchmarks.peers.peer import AsyncPeer, New, SyncPeer

READS: Final = ("get", "list 100", "list 1000", "pipeline 20")
UNITS: Final = ("insert, committed", "update, committed")
"""Operations that begin with nothing open and end committed; all others run within the transaction of their slice."""

OPERATIONS: Final = (
    "get", "insert", "update", *UNITS, "list 100", "list 1000", "pipeline 20", "bulk 1000", "load 1000",
)  # fmt: skip
POOL: Final = "16 tasks"

LARGE: Final = ("bulk 1000", "load 1000")
"""Operations of which few calls say enough."""

MEANING: Final = {
    "get": "one execution by id",
    "insert": "one execution, returned with its defaults, within an open transaction",
    "update": "status and result of one execution by id, returned, within an open transaction",
    "insert, committed": "the same insert as a unit of work: from nothing open to committed and the row in hand",
    "update, committed": "the same update as a unit of work",
    "list 100": "the newest 100",
    "list 1000": "the newest 1000",
    "pipeline 20": "20 times get, in as few round trips as the peer can",
    "bulk 1000": "1000 executions added, all returned",
    "load 1000": "1000 executions added in the peer's fastest way (COPY, executemany), none need be returned",
    POOL: "16 tasks on a pool of 10 connections; each takes one, gets one execution, lists 100, in a transaction",
}

_UNTIMED: Final = {"list 1000": 1, "bulk 1000": 0, "load 1000": 0}


def least_untimed(operation: str) -> int:
    """Return how many calls of a slice are not timed at least, the first after others emptied the caches."""
    return _UNTIMED.get(operation, 3)


Call = Callable[[int], Any]
"""The number of a call → its result, or the awaitable of it."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the calls need: the action of new executions, the number of rows that are there, and rows to add."""

    action: int
    rows: int
    many: tuple[New, ...]

    @classmethod
    def make(cls, action: int, rows: int) -> Material:
        """Make the rows to add."""
        return cls(action, rows, tuple(new_rows(action, 1000)))


def calls(peer: SyncPeer | AsyncPeer, material: Material) -> dict[str, Call]:
    """Make the calls of a peer, by operation; what it lacks is left out."""
    action, rows, many = material.action, material.rows, material.many
    # A stride that shares no factor with the table's size visits every row before it visits one again.
    id_of = [1 + n * 7919 % rows for n in range(min(rows, 20_000))]
    span = len(id_of)
    # Made before the clock starts: what is measured is the way of a value, not its making.
    new = [New(action, "bench.check", config(n)) for n in range(200)]
    results = [result(n) for n in range(200)]
    twenty = [[id_of[(n * 20 + each) % span] for each in range(20)] for n in range(100)]
    made: dict[str, Call] = {
        "get": lambda n: peer.get(id_of[n % span]),
        "list 100": lambda n: peer.list(100),
        "list 1000": lambda n: peer.list(1000),
        "insert": lambda n: peer.insert(new[n % 200]),
        "update": lambda n: peer.update(id_of[n % span], "failed", results[n % 200]),
        "insert, committed": lambda n: peer.insert_committed(new[n % 200]),
        "update, committed": lambda n: peer.update_committed(id_of[n % span], "failed", results[n % 200]),
        "bulk 1000": lambda n: peer.bulk(many),
        "load 1000": lambda n: peer.load(many),
        "pipeline 20": lambda n: peer.pipeline(twenty[n % 100]),
    }
    return {name: made[name] for name in OPERATIONS if name not in peer.lacks}
