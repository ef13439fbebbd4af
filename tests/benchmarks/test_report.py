"""The page of a run, the block in README.md, and that what is published is what was measured."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from benchmarks import report, results
from benchmarks.__main__ import PUBLISHED, README
from benchmarks.peers import ENTRIES
from benchmarks.workload import OPERATIONS, POOL
from tests.benchmarks import made_up

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("name", ["page", "readme_block"])
def test_a_run_as_markdown(name: str) -> None:
    made = getattr(report, name)(made_up.results(insert=300))
    assert made.rstrip("\n") == (GOLDEN / f"{name}.md").read_text().rstrip("\n")


def test_a_quick_run_says_so() -> None:
    quick = dataclasses.replace(made_up.results(), quick=True)
    assert "A quick run" in report.readme_block(quick)
    assert "A quick run" in report.page(quick)


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (True, "; one connection: client and server on one core;"),
        (False, "; client and server on any core;"),
        (None, "Python 3.13.0; load"),
    ],
)
def test_the_machine_tells_where_client_and_server_ran(shared: bool | None, said: str) -> None:
    made = made_up.results()
    assert said in report.machine(dataclasses.replace(made, machine=dataclasses.replace(made.machine, one_core=shared)))


def test_the_block_goes_between_its_markers_and_nowhere_else() -> None:
    text = f"before\n\n{report.BEGIN}\n\nold\n\n{report.END}\n\nafter\n"
    assert report.in_readme(text, "new") == f"before\n\n{report.BEGIN}\n\nnew\n\n{report.END}\n\nafter\n"
    with pytest.raises(ValueError, match="no lines"):
        report.in_readme("no markers", "new")


def test_every_figure_in_the_readme_is_that_of_the_published_run() -> None:
    published = results.read(PUBLISHED / "results.json")
    assert report.in_readme(README.read_text(), report.readme_block(published)) == README.read_text()


def test_the_published_page_is_that_of_the_published_run() -> None:
    published = results.read(PUBLISHED / "results.json")
    assert (PUBLISHED / "table.md").read_text() == report.page(published)


def test_the_published_run_is_a_full_one_of_all_peers() -> None:
    published = results.read(PUBLISHED / "results.json")
    assert not published.quick
    assert published.labels == {entry.name: entry.label for entry in ENTRIES}
    assert list(published.timings) == [*OPERATIONS, POOL]
    assert (PUBLISHED / "plot.png").stat().st_size > 0
