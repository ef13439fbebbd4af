"""Slices of work, in turn: each contestant runs for a moment, then the next, round after round.

Whatever else the machine does, falls on all alike; the ratio of two contestants is taken round by round.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from typing import Any, Protocol

from benchmarks.peers.peer import AsyncPeer, SyncPeer
from benchmarks.workload import Call

WARM_CALLS = 12
"""Calls before the first round, unless they are slow: psycopg prepares at the sixth, the plan may change after ten."""

Slice = Callable[[int, int], float]
"""The number of the first call and how many → the seconds that they took in all."""


class Runs(Protocol):
    """What of `asyncio.Runner` is needed: one loop for all asynchronous peers."""

    def run(self, coro: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine to its end."""


@contextmanager
def one_transaction(peer: SyncPeer) -> Iterator[None]:
    """Put the calls of a slice into one transaction, committed as a program would; its ends are not timed.

    After a rollback psycopg would prepare all statements anew.
    """
    peer.begin()
    try:
        yield
    except BaseException:
        peer.rollback()
        raise
    peer.commit()


@asynccontextmanager
async def one_async_transaction(peer: AsyncPeer) -> AsyncIterator[None]:
    """Do what one_transaction does, asynchronously."""
    await peer.begin()
    try:
        yield
    except BaseException:
        await peer.rollback()
        raise
    await peer.commit()


def sync_slice(call: Call, least: int, around: Callable[[], AbstractContextManager[None]] = nullcontext) -> Slice:
    """Make the slice of a call.

    least: calls before the clock starts, at least; a fifth of the timed ones where that is more. What is timed is then
        a running program, and not the first calls after others emptied the caches.
    around: what the whole slice runs in.
    """

    def run(first: int, count: int) -> float:
        with around():
            begins = first + untimed(count, least)
            for n in range(first, begins):
                call(n)
            began = time.perf_counter()
            for n in range(begins, begins + count):
                call(n)
            return time.perf_counter() - began

    return run


def async_slice(
    call: Call, least: int, runner: Runs, around: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
) -> Slice:
    """Make the slice of an asynchronous call; entering and leaving the loop is not timed."""

    async def work(first: int, count: int) -> float:
        async with around():
            begins = first + untimed(count, least)
            for n in range(first, begins):
                await call(n)
            began = time.perf_counter()
            for n in range(begins, begins + count):
                await call(n)
            return time.perf_counter() - began

    def run(first: int, count: int) -> float:
        seconds: float = runner.run(work(first, count))
        return seconds

    return run


def untimed(count: int, least: int) -> int:
    """Return how many calls go before `count` timed ones."""
    return max(least, count // 5)


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
