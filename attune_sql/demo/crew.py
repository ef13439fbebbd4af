"""The worker processes, seen from the demo: started, listened to, stopped, and missed when they die."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from attune_sql.demo.failure import DemoError
from attune_sql.demo.messages import Message, Orders
from attune_sql.demo.patience import interrupts_held
from attune_sql.demo.worker import work

STOP_SECONDS = 10.0
KILL_SECONDS = 2.0


class Crew:
    """Workers, and what they have reported: created, claims, runs, endings count how often each id was."""

    def __init__(self, orders: Sequence[Orders]) -> None:
        self.created: Counter[int] = Counter()
        self.claims: Counter[int] = Counter()
        self.runs: Counter[int] = Counter()
        self.endings: Counter[int] = Counter()
        self.ready = 0
        self.dead: dict[int, str] = {}
        """The executors of workers that died on duty, with how."""
        self._orders = list(orders)
        self._members: dict[Connection, tuple[Orders, SpawnProcess]] = {}
        self._processes: list[SpawnProcess] = []

    def start(self) -> None:
        """Start the processes, which do not hear Ctrl-C: the demo hears it, and tells them."""
        context = multiprocessing.get_context("spawn")
        # First, since its start, which else comes with the first process, ends by letting interrupts through again.
        resource_tracker.ensure_running()
        with interrupts_held():
            for orders in self._orders:
                ours, theirs = context.Pipe()
                process = context.Process(target=work, args=(orders, theirs), name=orders.name, daemon=True)
                process.start()
                theirs.close()
                self._processes.append(process)
                self._members[ours] = (orders, process)

    @property
    def alive(self) -> int:
        """How many workers are on duty."""
        return len(self._members)

    def listen(self, seconds: float = 0.0) -> None:
        """Take in what has been reported, waiting up to `seconds` for the first report.

        Raises DemoError when a worker reports a problem.
        """
        while ready := wait(list(self._members), timeout=seconds):
            for pipe in ready:
                assert isinstance(pipe, Connection)
                self._hear(pipe)
            seconds = 0.0

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Have the workers finish what they have claimed and go; after `seconds` they are made to.

        What they report meanwhile is taken in. Raises DemoError when a worker reports a problem.
        """
        for pipe in self._members:
            # One that has died tells so by the end of its pipe.
            with suppress(OSError):
                pipe.send("stop")
        deadline = time.monotonic() + seconds
        while self._members and (left := deadline - time.monotonic()) > 0:
            self.listen(left)

    def close(self) -> None:
        """Make every process end now, whatever it does; nothing is taken in any more."""
        with interrupts_held():
            for pipe in self._members:
                pipe.close()
            self._members.clear()
            for process in self._processes:
                process.terminate()
            deadline = time.monotonic() + KILL_SECONDS
            for process in self._processes:
                process.join(max(deadline - time.monotonic(), 0))
                if process.exitcode is None:
                    process.kill()
                    process.join()
                process.close()
            self._processes.clear()

    def _hear(self, pipe: Connection) -> None:
        orders, process = self._members[pipe]
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            del self._members[pipe]
            pipe.close()
            process.join(KILL_SECONDS)
            self.dead[orders.executor] = f"{orders.name} died: {_how(process.exitcode)}"
            return
        assert isinstance(message, Message)
        match message.kind:
            case "ready":
                self.ready += 1
            case "created":
                self.created.update(message.ids)
            case "claimed":
                self.claims.update(message.ids)
            case "run":
                self.runs.update(message.ids)
            case "ended":
                self.endings.update(message.ids)
            case "bye":
                del self._members[pipe]
                pipe.close()
            case "problem":
                raise DemoError(message.text)


def _how(code: int | None) -> str:
    if code is None:
        return "it closed its pipe"
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"it exited with code {code}"
