"""What the rows of one list cost in memory: a fresh process for each peer.

    python -m benchmarks.memory <peer> <conninfo> <rows>

prints the growth in bytes as JSON. Source: Linux, /proc/[pid]/status, VmRSS and VmHWM; nothing is told elsewhere.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.harness import is_async
from benchmarks.peers import ENTRIES, Entry
from benchmarks.results import Memory

_STATUS: Final = Path("/proc/self/status")
_MEGABYTE: Final = 1_000_000


def measure(entries: list[Entry], dsn: str, rows: int) -> dict[str, Memory]:
    """Return the growth of a process by this many rows, by peer; empty where the system does not tell."""
    if not _STATUS.exists():
        return {}
    grown = {}
    for entry in entries:
        command = [sys.executable, "-m", "benchmarks.memory", entry.name, dsn, str(rows)]
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        grown[entry.name] = Memory(held=told["held"] / _MEGABYTE, peak=told["peak"] / _MEGABYTE)
    return grown


def main(name: str, dsn: str, rows: int) -> None:
    """Read the rows once and print by how many bytes the process grew."""
    peer = next(entry for entry in ENTRIES if entry.name == name).connection()
    with asyncio.Runner() as runner:

        def run(call: Callable[[], Any]) -> Any:
            return runner.run(call()) if is_async(peer) else call()

        run(lambda: peer.open(dsn))
        run(peer.begin)
        run(lambda: peer.list(10))
        gc.collect()
        before, _ = _resident()
        held_rows = run(lambda: peer.list(rows))
        gc.collect()
        after, peak = _resident()
        if len(held_rows) != rows:
            raise SystemExit(f"{name} returned {len(held_rows)} rows instead of {rows}")
        run(peer.rollback)
        run(peer.close)
    sys.stdout.write(json.dumps({"held": after - before, "peak": peak - before}))


def _resident() -> tuple[int, int]:
    found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", _STATUS.read_text(), re.MULTILINE))
    return int(found["VmRSS"]) * 1024, int(found["VmHWM"]) * 1024


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
