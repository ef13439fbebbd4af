"""One run: fill a scratch server, see that all peers agree, measure them in turn."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg

import attune_sql
from attune_sql.scratch_server.scratch import ScratchServer
from benchmarks import agreement, at_once, machine, memory, startup
from benchmarks.cores import one_core
from benchmarks.data import fill
from benchmarks.harness import (
    Slice,
    alternate,
    async_slice,
    crowd,
    is_async,
    one_async_transaction,
    one_transaction,
    sync_slice,
    untimed,
)
from benchmarks.peers import Entry
from benchmarks.peers.peer import AsyncPeer, PooledPeer, SyncPeer
from benchmarks.results import Results
from benchmarks.workload import LARGE, OPERATIONS, POOL, READS, UNITS, Call, Material, calls, least_untimed

TASKS, CONNECTIONS, LISTED = 16, 10, 100
MEMORY_ROWS = 100_000

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run takes: rows of the table, rounds of small, large and process slices, seconds of a slice."""

    rows: int
    rounds: int
    large_rounds: int
    process_rounds: int
    seconds: float


FULL = Plan(rows=MEMORY_ROWS, rounds=41, large_rounds=9, process_rounds=21, seconds=0.02)
QUICK = Plan(rows=1_000, rounds=3, large_rounds=2, process_rounds=1, seconds=0.005)


def run(entries: list[Entry], plan: Plan, say: Say) -> Results:
    """Measure the peers; raises DisagreementError when one of them does not do what the others do."""
    load = machine.load()
    # A server that runs already may be anywhere, and stays there.
    ours = not os.environ.get("ATTUNE_SQL_DSN")
    with one_core(wanted=ours) as shared:
        with attune_sql.scratch() as server:
            material = _filled(server, plan, say)
            timings, one_by_one = _one_connection(entries, server.dsn, material, plan, say)
            say("at once and one by one")
            gains = at_once.measure(server.dsn, material, plan.large_rounds)
        if ours:
            gains |= _on_disk(plan, say)
    with attune_sql.scratch() as server:
        material = _filled(server, plan, say)
        timings[POOL] = _pools(entries, server.dsn, material, plan, say)
        say("memory: a process for each peer")
        grown = memory.measure(entries, server.dsn, plan.rows)
    say("start-up: processes in turn")
    with one_core():
        begun = startup.measure({package for entry in entries for package in entry.packages}, plan.process_rounds)
    return Results(
        taken=datetime.now(UTC).date().isoformat(),
        quick=plan != FULL,
        machine=machine.describe(server.version, load, shared),
        rows=plan.rows,
        labels={entry.name: entry.label for entry in entries},
        timings=timings,
        one_by_one=one_by_one,
        memory_rows=plan.rows,
        memory=grown,
        startup=begun,
        at_once=gains,
    )


def _on_disk(plan: Plan, say: Say) -> dict[str, list[tuple[float, float]]]:
    # Only here: with a server that runs already, the packages that start one need not be installed.
    from benchmarks.durable import durable

    say("at once and one by one, on a durable disk")
    with durable() as server:
        return at_once.measure(server.dsn, _filled(server, plan, say), plan.large_rounds)


def _filled(server: ScratchServer, plan: Plan, say: Say) -> Material:
    say(f"PostgreSQL {server.version}: filling the table with {plan.rows} executions")
    return Material.make(fill(server.dsn, plan.rows), plan.rows)


def _one_connection(
    entries: list[Entry], dsn: str, material: Material, plan: Plan, say: Say
) -> tuple[dict[str, dict[str, list[float]]], dict[str, list[str]]]:
    with ExitStack() as opened:
        runner = opened.enter_context(asyncio.Runner())
        admin = opened.enter_context(psycopg.connect(dsn, autocommit=True))
        # Nothing refers to the rows that are swept away, and nothing need be looked up to find that out.
        admin.execute("SET session_replication_role = 'replica'")

        def sweep() -> None:
            # What was added must not be in the way of the next.
            admin.execute("DELETE FROM attune.execution WHERE id > %s", (material.rows,))
            admin.execute("VACUUM (PARALLEL 0) attune.execution")

        peers = {entry.name: entry.connection() for entry in entries}
        called: dict[str, dict[str, Call]] = {}
        for name, peer in peers.items():
            run = _runs(peer, runner)
            run(partial(peer.open, dsn))
            opened.callback(run, peer.close)
            called[name] = calls(peer, material)
        _agree(peers, called, runner, admin)
        say(f"{len(peers)} peers agree")
        sweep()
        # What is there to stay is not searched for garbage again and again.
        gc.collect()
        gc.freeze()
        opened.callback(gc.unfreeze)
        timings = {}
        for operation in OPERATIONS:
            slices = {
                name: _slice(peers[name], operation, called[name][operation], runner)
                for name in peers
                if operation in called[name]
            }
            rounds = plan.large_rounds if operation in LARGE else plan.rounds
            say(f"{operation}: {len(slices)} peers, {rounds} rounds")
            between = (lambda: None) if operation in READS else sweep
            timings[operation] = alternate(slices, rounds, plan.seconds, between)
            sweep()
    one_by_one = {
        operation: [name for name, peer in peers.items() if operation in peer.one_by_one] for operation in OPERATIONS
    }
    return timings, {operation: names for operation, names in one_by_one.items() if names}


def _agree(
    peers: Mapping[str, SyncPeer | AsyncPeer],
    called: dict[str, dict[str, Call]],
    runner: asyncio.Runner,
    admin: psycopg.Connection[tuple[Any, ...]],
) -> None:
    runs = {name: _runs(peer, runner) for name, peer in peers.items()}
    agreement.compare({name: agreement.answers(peer, called[name], runs[name]) for name, peer in peers.items()})
    # Only now: what these write stays.
    agreement.compare(
        {name: agreement.committed(name, peer, called[name], runs[name], admin) for name, peer in peers.items()}
    )


def _pools(entries: list[Entry], dsn: str, material: Material, plan: Plan, say: Say) -> dict[str, list[float]]:
    with ExitStack() as opened:
        runner = opened.enter_context(asyncio.Runner())
        slices = {}
        for entry in entries:
            peer = entry.pooled()
            if peer is None:
                continue
            runner.run(peer.open(dsn, CONNECTIONS))
            opened.callback(_close, peer, runner)
            slices[entry.name] = _crowd_slice(peer, material.rows, runner)
            # Every connection of the pool prepares its statements before the clock starts.
            slices[entry.name](0, CONNECTIONS * TASKS if plan == FULL else TASKS)
        say(f"{POOL}: {len(slices)} peers, {plan.rounds} rounds")
        return alternate(slices, plan.rounds, plan.seconds * 3)


def _close(peer: PooledPeer, runner: asyncio.Runner) -> None:
    runner.run(peer.close())


def _crowd_slice(peer: PooledPeer, rows: int, runner: asyncio.Runner) -> Slice:
    async def work(n: int) -> None:
        await peer.work(1 + n * 7919 % rows, LISTED)

    def run(first: int, count: int) -> float:
        begins = first + untimed(count, TASKS)
        runner.run(crowd(work, TASKS, first, begins - first))
        seconds: float = runner.run(crowd(work, TASKS, begins, count))
        return seconds

    return run


def _slice(peer: SyncPeer | AsyncPeer, operation: str, call: Call, runner: asyncio.Runner) -> Slice:
    # The twins differ in nothing that a type checker could tell them apart by at run time.
    twin: Any = peer
    least = least_untimed(operation)
    if is_async(peer):
        return async_slice(
            call, least, runner, nullcontext if operation in UNITS else partial(one_async_transaction, twin)
        )
    return sync_slice(call, least, nullcontext if operation in UNITS else partial(one_transaction, twin))


def _runs(peer: SyncPeer | AsyncPeer, runner: asyncio.Runner) -> agreement.Run:
    def run(call: Callable[[], Any]) -> Any:
        if is_async(peer):
            awaited: Coroutine[Any, Any, Any] = call()
            return runner.run(awaited)
        return call()

    return run
