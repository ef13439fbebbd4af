"""The values of a run, their ratios and their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.results import Spread, spread
from tests.benchmarks import made_up


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0], Spread(3, 3, 3)),
        ([1.0, 3.0], Spread(2, 1.5, 2.5)),
        ([9.0, 1.0, 5.0, 3.0, 7.0], Spread(5, 3, 7)),
    ],
)
def test_a_spread_is_the_median_with_its_quartiles(values: list[float], expected: Spread) -> None:
    assert spread(values) == expected


def test_a_ratio_is_taken_round_by_round_so_that_a_slow_moment_cancels_out() -> None:
    ratio = made_up.results().ratio("library", "get", "psycopg_tuples")
    assert ratio is not None
    assert [round(each, 9) for each in ratio] == [0.9, 0.9, 0.9]


def test_what_a_peer_lacks_has_no_figure() -> None:
    made = made_up.results()
    assert made.ratio("asyncpg_records", "get", "psycopg_tuples") is None
    assert made.seconds("asyncpg_records", "get") is None
    assert made.seconds("asyncpg_records", "no such operation") is None


def test_the_file_of_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    results.write(made_up.results(), path)
    read = results.read(path)
    results.write(read, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()
    assert read.labels == made_up.results().labels


def test_rows_at_once_are_set_against_those_of_the_same_round() -> None:
    made = made_up.results()
    assert made.gain("without fsync") == spread([0.2 / 0.05, 0.3 / 0.06])
    assert made.gain("no such server") is None
