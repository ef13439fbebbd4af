"""Slices in turn."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.harness import (
    alternate,
    async_slice,
    crowd,
    one_async_transaction,
    one_transaction,
    sync_slice,
    turn,
    untimed,
)


def test_every_slice_runs_once_a_round_and_its_time_is_per_call() -> None:
    ran: list[tuple[str, int]] = []

    def slice_of(name: str, seconds: float) -> Any:
        def run(first: int, count: int) -> float:
            ran.append((name, count))
            return seconds * count

        return run

    swept: list[int] = []
    taken = alternate(
        {"fast": slice_of("fast", 0.001), "slow": slice_of("slow", 0.5)}, 3, 0.01, lambda: swept.append(len(ran))
    )
    assert taken == {"fast": pytest.approx([0.001] * 3), "slow": [0.5] * 3}
    assert [each for each in ran[-6:] if each[0] == "fast"] == [("fast", 10)] * 3
    assert [each for each in ran[-6:] if each[0] == "slow"] == [("slow", 1)] * 3
    assert len(swept) == 3


@given(st.integers(min_value=1, max_value=8), st.integers(min_value=0, max_value=50))
def test_a_round_has_everyone_once(count: int, round_: int) -> None:
    names = [str(number) for number in range(count)]
    assert sorted(turn(names, round_)) == names


def test_nobody_always_follows_the_same() -> None:
    names = ["a", "b", "c", "d"]
    orders = [turn(names, round_) for round_ in range(21)]
    assert {before for order in orders for before, after in pairwise(order) if after == "a"} == {"b", "c", "d"}


class Peer:
    """A peer that notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def begin(self) -> None:
        self.asked.append("begin")

    def commit(self) -> None:
        self.asked.append("commit")

    def rollback(self) -> None:
        self.asked.append("rollback")


class AsyncPeer(Peer):
    """Its asynchronous twin."""

    async def begin(self) -> None:  # type: ignore[override]  # the twin of a method is a coroutine
        super().begin()

    async def commit(self) -> None:  # type: ignore[override]  # the twin of a method is a coroutine
        super().commit()

    async def rollback(self) -> None:  # type: ignore[override]  # the twin of a method is a coroutine
        super().rollback()


def test_a_slice_is_a_transaction_that_is_committed() -> None:
    peer: Any = Peer()
    seconds = sync_slice(lambda n: peer.asked.append(str(n)), 0, partial(one_transaction, peer))(7, 3)
    assert peer.asked == ["begin", "7", "8", "9", "commit"]
    assert seconds >= 0


def test_a_slice_that_fails_is_rolled_back() -> None:
    peer: Any = Peer()
    with pytest.raises(ZeroDivisionError):
        sync_slice(lambda n: 1 // n, 0, partial(one_transaction, peer))(0, 1)
    assert peer.asked == ["begin", "rollback"]


def test_units_of_work_stand_alone() -> None:
    peer: Any = Peer()
    sync_slice(lambda n: peer.asked.append(str(n)), 0)(7, 2)
    assert peer.asked == ["7", "8"]


@pytest.mark.parametrize(("count", "least", "expected"), [(1, 0, 0), (2, 3, 3), (15, 3, 3), (100, 3, 20), (2, 1, 1)])
def test_a_fifth_goes_before_or_the_least_where_that_is_more(count: int, least: int, expected: int) -> None:
    called: list[int] = []
    sync_slice(called.append, least)(50, count)
    assert untimed(count, least) == expected
    assert called == list(range(50, 50 + expected + count))


def test_what_goes_before_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def clock() -> float:
        done.append("clock")
        return float(len(done))

    monkeypatch.setattr("benchmarks.harness.time.perf_counter", clock)
    assert sync_slice(lambda n: done.append(str(n)), 1)(0, 2) == 3
    assert done == ["0", "clock", "1", "2", "clock"]


def test_an_asynchronous_slice_is_awaited_call_by_call() -> None:
    peer: Any = AsyncPeer()

    async def call(n: int) -> None:
        peer.asked.append(f"{n} begins")
        await asyncio.sleep(0)
        peer.asked.append(f"{n} ends")

    with asyncio.Runner() as runner:
        async_slice(call, 1, runner, partial(one_async_transaction, peer))(1, 1)
    assert peer.asked == ["begin", "1 begins", "1 ends", "2 begins", "2 ends", "commit"]


def test_a_crowd_does_each_piece_of_work_once() -> None:
    done: list[int] = []

    async def work(n: int) -> None:
        await asyncio.sleep(0)
        done.append(n)

    asyncio.run(crowd(work, tasks=4, first=10, count=9))
    assert sorted(done) == list(range(10, 19))
