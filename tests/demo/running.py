"""Runs the demo as its users do: as a process of its own, watched from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple

SECONDS = 40.0


class Ended(NamedTuple):
    """What a demo left behind."""

    code: int
    output: str
    errors: str


class RunningDemo:
    """A demo in a process group of its own, which is killed at the end of the `with` block if it still lives."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self._read = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "attune_sql", "demo", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        )

    def wait_for(self, words: str) -> None:
        """Return when a line with these words has been printed."""
        assert self.process.stdout is not None
        while words not in (line := self.process.stdout.readline()):
            assert line, f"ended without {words!r}: {self._read}{self.end()}"
            self._read += line
        self._read += line

    def interrupt(self) -> None:
        """Press Ctrl-C: the whole process group gets the signal."""
        os.killpg(self.process.pid, signal.SIGINT)

    def workers(self) -> list[int]:
        """Return the pids of the worker processes, in the order of their start."""
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        return sorted(
            int(pid) for pid, parent, args in rows if int(parent) == self.process.pid and "spawn_main" in args
        )

    def end(self) -> Ended:
        """Wait for the end, and for the last process of the group to be gone."""
        output, errors = self.process.communicate(timeout=SECONDS)
        eventually(lambda: not self._group_lives())
        return Ended(self.process.returncode, self._read + output, errors)

    def _group_lives(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def __enter__(self) -> RunningDemo:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._group_lives():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


def run_demo(*arguments: str, **environment: str) -> Ended:
    """Run a demo to its end."""
    with RunningDemo(*arguments, **environment) as demo:
        return demo.end()


def eventually(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Return as soon as the condition holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "has not come about in time"
        time.sleep(0.01)
