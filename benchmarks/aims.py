"""What speed this library aims at, and whether a run reached it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.results import Results, Spread, spread
from benchmarks.startup import READY
from benchmarks.workload import POOL

_SINGLE: Final = ("get", "insert", "update")


@dataclass(frozen=True, slots=True)
class Verdict:
    """An aim, what was measured of it (label → figure), and whether every figure reaches it."""

    aim: str
    measured: dict[str, Spread]
    met: bool


@dataclass(frozen=True, slots=True)
class _Ratio:
    """One peer's time over another's, for each of some operations, against a bound from above or below."""

    aim: str
    peer: str
    to: str
    operations: tuple[str, ...]
    at_most: float | None = None
    at_least: float | None = None


_RATIOS: Final = (
    _Ratio("at most 1.00 × psycopg's tuples, single rows", "library", "psycopg_tuples", _SINGLE, at_most=1.00),
    _Ratio("at most 0.65 × psycopg's tuples, lists of 1000", "library", "psycopg_tuples", ("list 1000",), at_most=0.65),
    _Ratio(
        "asynchronous: at most 1.02 × psycopg by hand with the same settings",
        "library_async", "psycopg_async_tuned", (*_SINGLE, "list 1000", POOL), at_most=1.02,
    ),
    _Ratio("at most asyncpg's time, lists of 1000", "library_async", "asyncpg_records", ("list 1000",), at_most=1.00),
    _Ratio("SQLAlchemy Core at least twice as long, single rows", "sqlalchemy_core", "library", _SINGLE, at_least=2),
    _Ratio("SQLAlchemy ORM at least thrice as long, single rows", "sqlalchemy_orm", "library", _SINGLE, at_least=3),
    _Ratio("Django ORM at least thrice as long, single rows", "django_orm", "library", _SINGLE, at_least=3),
)  # fmt: skip

_BULK_AT_LEAST: Final = 20.0
_LOAD_AT_MOST: Final = 60.0


def verdicts(results: Results) -> list[Verdict]:
    """Judge every aim whose figures the run has."""
    found = [_ratio(results, each) for each in _RATIOS]
    found.append(_bulk(results))
    found.append(_load(results))
    return [each for each in found if each is not None]


def _ratio(results: Results, asked: _Ratio) -> Verdict | None:
    measured = {
        operation: ratio
        for operation in asked.operations
        if (ratio := results.ratio(asked.peer, operation, asked.to)) is not None
    }
    if not measured:
        return None
    # What is printed is what is judged: two digits.
    shown = [round(each.median, 2) for each in measured.values()]
    low, high = asked.at_least, asked.at_most
    met = all((low is None or each >= low) and (high is None or each <= high) for each in shown)
    return Verdict(asked.aim, measured, met)


def _bulk(results: Results) -> Verdict | None:
    one, many = results.seconds("library", "insert"), results.timings.get("bulk 1000", {}).get("library")
    if one is None or not many:
        return None
    # The two are of different rounds, so each bulk insert is set against the median of a single one.
    times = spread([1000 * one.median / each for each in many])
    return Verdict("1000 rows at once at least 20 times as fast as one by one", {"bulk 1000": times},
                   round(times.median, 2) >= _BULK_AT_LEAST)  # fmt: skip


def _load(results: Results) -> Verdict | None:
    samples = results.startup.get(READY)
    if not samples:
        return None
    over = spread(samples)
    return Verdict("import and a first query ready at most 60 ms over importing psycopg", {"ms": over},
                   round(over.median, 2) <= _LOAD_AT_MOST)  # fmt: skip
