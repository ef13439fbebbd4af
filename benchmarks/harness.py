"""Slices of work, in turn: each contestant runs for a moment, then the next, round after round.

Whatever else the machine does, falls on all alike; the ratio of two contestants is taken round by round.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import random
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol

from benchmarks.peers.peer import AsyncPeer, SyncPeer
from benchmarks.workload import Call

WARM_CALLS = 12
"""Calls before the clock starts, unless they are slow: psycopg prepares at the sixth, the plan may change after ten."""

Slice = Callable[[int, int], float]
"""The number of the first call and how many → the seconds that they took in all."""


class Runs(Protocol):
    """What of `asyncio.Runner` is needed: one loop for all asynchronous peers."""

    def run(self, coro: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine to its end."""


def sync_slice(peer: SyncPeer, call: Call) -> Slice:
    """Make the slice of a call: a transaction with the calls of one slice in it, committed as a program would.

    After a rollback psycopg would prepare all statements anew.
    """

    def run(first: int, count: int) -> float:
        peer.begin()
        try:
            began = time.perf_counter()
            for n in range(first, first + count):
                call(n)
            seconds = time.perf_counter() - began
        except BaseException:
            peer.rollback()
            raise
        peer.commit()
        return seconds

    return run


def async_slice(peer: AsyncPeer, call: Call, runner: Runs) -> Slice:
    """Make the slice of an asynchronous call; entering and leaving the loop is not timed."""

    async def work(first: int, count: int) -> float:
        await peer.begin()
        try:
            began = time.perf_counter()
            for n in range(first, first + count):
                await call(n)
            seconds = time.perf_counter() - began
        except BaseException:
            await peer.rollback()
            raise
        await peer.commit()
        return seconds

    def run(first: int, count: int) -> float:
        seconds: float = runner.run(work(first, count))
        return seconds

    return run


def is_async(peer: SyncPeer | AsyncPeer) -> bool:
    """Tell which of the two twins a peer is."""
    return inspect.iscoroutinefunction(peer.get)


def alternate(
    slices: Mapping[str, Slice],
    rounds: int,
    seconds: float,
    between: Callable[[], None] = lambda: None,
) -> dict[str, list[float]]:
    """Run every slice once a round; returns the seconds per call, round by round, of each.

    seconds: how long a slice should last; it holds one call at least, and with 0 just one, after one to warm up.
    between: what to do before each round.
    The order of each round is drawn by lot, so that nobody always follows the same.
    """
    counts = {name: _calls_in(run, seconds) for name, run in slices.items()}
    taken: dict[str, list[float]] = {name: [] for name in slices}
    names = list(slices)
    for round_ in range(rounds):
        between()
        for name in turn(names, round_):
            # Nobody pays for what another left behind; what a peer's own calls leave is its own cost.
            gc.collect()
            taken[name].append(slices[name](round_ * counts[name], counts[name]) / counts[name])
    return taken


def turn(names: list[str], round_: int) -> list[str]:
    """Return the order of a round: drawn by lot, the same lot for the same round."""
    order = list(names)
    random.Random(round_).shuffle(order)
    return order


def _calls_in(run: Slice, seconds: float) -> int:
    if not seconds:
        run(0, 1)
        return 1
    calls, elapsed, least = 0, 0.0, float("inf")
    while calls < WARM_CALLS and elapsed < seconds * 10:
        took = run(calls, 2)
        calls, elapsed, least = calls + 2, elapsed + took, min(least, took)
    return max(1, round(seconds * 2 / least))


async def crowd(work: Callable[[int], Coroutine[Any, Any, Any]], tasks: int, first: int, count: int) -> float:
    """Share `count` pieces of work among tasks that run at once; returns the seconds until the last is done."""
    pending = iter(range(first, first + count))

    async def task() -> None:
        for n in pending:
            await work(n)

    began = time.perf_counter()
    await asyncio.gather(*(task() for _ in range(tasks)))
    return time.perf_counter() - began
