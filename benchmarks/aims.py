"""What speed this library aims at, and whether a run reached it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.results import Results, Spread, spread
from benchmarks.startup import EVERYTHING, READY
from benchmarks.workload import POOL, UNITS

_SINGLE: Final = ("get", "insert", "update", *UNITS)
_COMMITTED: Final = ("get", *UNITS)
_WITHIN: Final = ("insert", "update")
_UNIT: Final = "units of work"
_OPEN: Final = "inside one open transaction"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An aim, what was measured of it (operation, or nothing where there is one → figure), and whether all reach it."""

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
    _Ratio(f"SQLAlchemy Core at least twice as long, {_UNIT}", "sqlalchemy_core", "library", _COMMITTED, at_least=2),
    _Ratio(f"SQLAlchemy Core at least twice as long, {_OPEN}", "sqlalchemy_core", "library", _WITHIN, at_least=2),
    _Ratio(f"SQLAlchemy ORM at least thrice as long, {_UNIT}", "sqlalchemy_orm", "library", _COMMITTED, at_least=3),
    _Ratio(f"SQLAlchemy ORM at least thrice as long, {_OPEN}", "sqlalchemy_orm", "library", _WITHIN, at_least=3),
    _Ratio(f"Django ORM at least thrice as long, {_UNIT}", "django_orm", "library", _COMMITTED, at_least=3),
    _Ratio(f"Django ORM at least thrice as long, {_OPEN}", "django_orm", "library", _WITHIN, at_least=3),
)  # fmt: skip

_BULK_AT_LEAST: Final = 20.0
_LOAD_AT_MOST: Final = 60.0


def verdicts(results: Results) -> list[Verdict]:
    """Judge every aim whose figures the run has."""
    found = [_ratio(results, each) for each in _RATIOS]
    found += [_bulk(_OPEN, _within(results))]
    found += [_bulk(f"each committed, {server}", results.gain(server)) for server in results.at_once]
    found += [_load("a first query ready", results, READY), _load("every query read and made", results, EVERYTHING)]
    return [each for each in found if each is not None]


def _ratio(results: Results, asked: _Ratio) -> Verdict | None:
    measured = {
        operation if len(asked.operations) > 1 else "": ratio
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


def _within(results: Results) -> Spread | None:
    one, many = results.seconds("library", "insert"), results.timings.get("bulk 1000", {}).get("library")
    # The two are of different rounds, so each bulk insert is set against the median of a single one.
    return spread([1000 * one.median / each for each in many]) if one and many else None


def _bulk(how: str, times: Spread | None) -> Verdict | None:
    if times is None:
        return None
    aim = f"1000 rows at once at least 20 times as fast as one by one, {how}"
    return Verdict(aim, {"": times}, round(times.median, 2) >= _BULK_AT_LEAST)


def _load(what: str, results: Results, program: str) -> Verdict | None:
    samples = results.startup.get(program)
    if not samples:
        return None
    over = spread(samples)
    aim = f"import and {what} at most 60 ms over importing psycopg"
    return Verdict(aim, {"": over}, round(over.median, 2) <= _LOAD_AT_MOST)
