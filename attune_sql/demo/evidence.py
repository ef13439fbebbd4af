"""Whether every execution ran exactly once and ended: two independent accounts, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

FINISHED = frozenset({"completed", "failed", "cancelled", "timeout", "abandoned"})
MOST_IDS = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the executions of a run, by id.

    created, claims, runs, endings: what the processes that did it say, one entry each time: an execution was made, was
    taken by a worker, was really run, was brought to its end.
    stored: what the database says, id to status.
    counted: what the database says when it counts, status to number.
    """

    created: Counter[int] = field(default_factory=Counter)
    claims: Counter[int] = field(default_factory=Counter)
    runs: Counter[int] = field(default_factory=Counter)
    endings: Counter[int] = field(default_factory=Counter)
    stored: Mapping[int, str] = field(default_factory=dict)
    counted: Mapping[str, int] = field(default_factory=dict)


def problems(evidence: Evidence) -> list[str]:
    """Say what contradicts "each execution ran exactly once and ended"; an empty list when nothing does."""
    return [line for line in _problems(evidence) if line]


def _problems(evidence: Evidence) -> Iterator[str]:
    stored, runs = evidence.stored, evidence.runs
    handled = evidence.claims.keys() | runs.keys() | evidence.endings.keys()
    known = evidence.created.keys() | stored.keys()
    unfinished: dict[str, list[int]] = {}
    for id, status in stored.items():
        if status not in FINISHED:
            unfinished.setdefault(status, []).append(id)
    for status, ids in sorted(unfinished.items()):
        yield _line(f"lost, left {status}", ids)
    yield _line("lost, finished without a run", (id for id in stored if not runs[id] and stored[id] in FINISHED))
    yield _line("lost, not in the database", evidence.created.keys() - stored.keys())
    yield _line("claimed twice or more", (id for id in known if evidence.claims[id] > 1))
    yield _line("run twice or more", (id for id in known if runs[id] > 1))
    yield _line("ended twice or more", (id for id in known if evidence.endings[id] > 1))
    yield _line("created twice or more", (id for id in known if evidence.created[id] > 1))
    yield _line("in the database, and nobody created it", stored.keys() - evidence.created.keys())
    yield _line("claimed, run or ended, and not of this demo", handled - known)
    listed = Counter(stored.values())
    if listed != Counter(evidence.counted):
        yield f"search finds {_counts(listed)}, count_by_status {_counts(Counter(evidence.counted))}"


def _line(what: str, ids: Iterable[int]) -> str:
    found = sorted(ids)
    if not found:
        return ""
    shown = ", ".join(map(str, found[:MOST_IDS]))
    more = f" and {len(found) - MOST_IDS} more" if len(found) > MOST_IDS else ""
    return f"{len(found)} {what}: {shown}{more}"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {status}" for status, count in sorted(counts.items()) if count) or "nothing"
