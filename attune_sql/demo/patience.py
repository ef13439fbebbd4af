"""An end to waiting, and a shelter from Ctrl-C where it would do harm."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

from attune_sql.demo.failure import DemoError

SECONDS = 60.0


class Patience:
    """Raises DemoError, wherever the main thread then is, when nothing has happened for so many seconds.

    An alarm and not a clock that is looked at, so that it also ends a read from a server that hangs.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._waiting_for = ""

    def progress(self, waiting_for: str) -> None:
        """Note that something has happened, and what is waited for next."""
        self._waiting_for = waiting_for
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __enter__(self) -> Patience:
        self._previous = signal.signal(signal.SIGALRM, self._give_up)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._previous)

    def _give_up(self, number: int, frame: FrameType | None) -> None:
        raise DemoError(
            f"nothing has happened for {self._seconds:g} seconds, waiting for {self._waiting_for}",
            help="look whether the database is overloaded, or holds locks: see pg_stat_activity",
        )


class Interrupts:
    """Turns the first Ctrl-C into a note that `check` finds, so that it does not tear a statement apart.

    The second one is a KeyboardInterrupt wherever the main thread then is, for a server that hangs.
    """

    def __init__(self) -> None:
        self._noted = False

    def check(self) -> None:
        """Raise KeyboardInterrupt when there was one."""
        if self._noted:
            raise KeyboardInterrupt

    def __enter__(self) -> Interrupts:
        self._previous = signal.getsignal(signal.SIGINT)
        # Whoever starts the demo in the background may have chosen that it hears no interrupts.
        if self._previous is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._previous)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.check()
        self._noted = True


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block; processes and threads that start in it never hear of it."""
    previous = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)
