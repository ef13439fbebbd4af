"""One core for client and server: what is counted is their work, not how long an idle core takes to wake."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_core(*, wanted: bool = True) -> Iterator[bool]:
    """Keep this thread, and every process and thread that it starts, on one core while the block lasts.

    Yields whether that is so: nothing is done where it is not wanted or the system has no call for it. Source: Linux,
    sched_setaffinity(2): a mask is inherited by what is started, and kept by it afterwards.
    """
    if not wanted or not hasattr(os, "sched_setaffinity"):
        yield False
        return
    before = os.sched_getaffinity(0)
    # Interrupts mostly go to the first.
    os.sched_setaffinity(0, {max(before)})
    try:
        yield True
    finally:
        os.sched_setaffinity(0, before)
