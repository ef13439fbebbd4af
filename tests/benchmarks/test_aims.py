"""What is aimed at, and what a run says of it."""

from __future__ import annotations

import pytest

from benchmarks.aims import verdicts
from tests.benchmarks import made_up


def met(**changed: float) -> dict[str, bool]:
    return {each.aim: each.met for each in verdicts(made_up.results(**changed))}


SINGLE = "at most 1.00 × psycopg's tuples, single rows"


def test_only_what_was_measured_is_judged() -> None:
    assert met() == {
        SINGLE: True,
        "at most 0.65 × psycopg's tuples, lists of 1000": True,
        "SQLAlchemy Core at least twice as long, units of work": True,
        "SQLAlchemy Core at least twice as long, inside one open transaction": False,
        "1000 rows at once at least 20 times as fast as one by one, inside one open transaction": True,
        "1000 rows at once at least 20 times as fast as one by one, each committed, without fsync": False,
        "1000 rows at once at least 20 times as fast as one by one, each committed, on a durable disk": True,
        "import and a first query ready at most 60 ms over importing psycopg": True,
        "import and every query read and made at most 60 ms over importing psycopg": False,
    }


@pytest.mark.parametrize(("microseconds", "expected"), [(100, True), (100.4, True), (101, False)])
def test_the_figure_that_is_printed_is_the_one_that_is_judged(microseconds: float, expected: bool) -> None:
    assert met(get=microseconds)[SINGLE] is expected


def test_one_operation_that_misses_misses_the_aim() -> None:
    assert met(insert=300)[SINGLE] is False
