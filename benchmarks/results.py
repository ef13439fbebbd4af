"""The results of a run: values, their ratios, and their file."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import msgspec


class Spread(NamedTuple):
    """A median with its quartiles."""

    median: float
    low: float
    high: float


def spread(values: list[float]) -> Spread:
    """Return the median and the quartiles of some values; one value is all three."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(middle, low, high)


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes that the process of a peer grew by: while the rows are held, and at most while they were read."""

    held: float
    peak: float


@dataclass(frozen=True, slots=True)
class Machine:
    """What it ran on, in general terms.

    load: what else it did, as the load average before the run.
    one_core: whether client and server shared one core in what was measured on one connection; None: it is not known.
    """

    processor: str
    cores: int
    system: str
    python: str
    postgresql: str
    packages: dict[str, str]
    load: float | None = None
    one_core: bool | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One run.

    timings: operation → peer → seconds per call, one for each round; the n-th of all peers are of the same round.
    one_by_one: operation → the peers that have no better form of it than call after call.
    memory: peer → growth by `memory_rows` rows, empty where the system does not tell.
    startup: program → milliseconds over `import psycopg`, one for each round.
    at_once: server → the library's seconds for 1000 rows, committed, at once and one by one, a pair for each round.
    """

    taken: str
    quick: bool
    machine: Machine
    rows: int
    labels: dict[str, str]
    timings: dict[str, dict[str, list[float]]]
    one_by_one: dict[str, list[str]]
    memory_rows: int
    memory: dict[str, Memory]
    startup: dict[str, list[float]]
    at_once: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def seconds(self, peer: str, operation: str) -> Spread | None:
        """Return the seconds of a call, or None where the peer lacks the operation."""
        samples = self.timings.get(operation, {}).get(peer)
        return spread(samples) if samples else None

    def ratio(self, peer: str, operation: str, to: str) -> Spread | None:
        """Return how many times as long a peer takes as another, round by round; None where one of them lacks it."""
        samples = self.timings.get(operation, {})
        if peer not in samples or to not in samples:
            return None
        return spread([one / other for one, other in zip(samples[peer], samples[to], strict=True)])

    def gain(self, server: str) -> Spread | None:
        """Return how many times as fast 1000 rows at once are as one by one, round by round; None: not measured."""
        rounds = self.at_once.get(server)
        return spread([one_by_one / at_once for at_once, one_by_one in rounds]) if rounds else None


def write(results: Results, path: Path) -> None:
    """Write the file of a run."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(_rounded(msgspec.to_builtins(results))), indent=1) + b"\n")


def read(path: Path) -> Results:
    """Read the file of a run; raises msgspec.ValidationError where it is none."""
    return msgspec.json.decode(path.read_bytes(), type=Results)


def _rounded(value: Any) -> Any:
    # Six digits are more than a clock tells, and keep the file readable.
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(member) for key, member in value.items()}
    return [_rounded(member) for member in value] if isinstance(value, list | tuple) else value
