"""A run as Markdown: the full page, and the block of it that stands in README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from benchmarks.aims import Verdict, verdicts
from benchmarks.peers import BASELINE
from benchmarks.results import Results, Spread, spread
from benchmarks.workload import MEANING, OPERATIONS, POOL

BEGIN: Final = "<!-- benchmarks: begin; make bench writes what is between -->"
END: Final = "<!-- benchmarks: end -->"
POOL_BASELINE: Final = "psycopg_async"
"""What a pool of asynchronous connections is compared with."""

_NONE: Final = "–"


def page(results: Results) -> str:
    """Return the page of a run: aims, ratios with quartiles, times, memory, start-up."""
    label = results.labels
    parts = [
        "# Results of `make bench`",
        machine(results),
        f"{', '.join(f'{name} {version}' for name, version in results.machine.packages.items())}.",
        *_aims(results),
        "## Ratios",
        f"Time per call over that of {label.get(BASELINE, BASELINE)} in the same round, for {POOL} over that of "
        f"{label.get(POOL_BASELINE, POOL_BASELINE)}: median (quartiles). Less is faster.",
        _grid(results, _ratio_and_quartiles),
        _footnote(results),
        "## Times",
        "Median time per call.",
        _grid(results, _time),
        "## What each operation is",
        "\n".join(f"- **{name}**: {MEANING[name]}." for name in shown_operations(results)),
        *_at_once(results),
        *_memory(results),
        *_startup(results),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def readme_block(results: Results) -> str:
    """Return what stands between the markers of README.md."""
    parts = [
        f"Time per call as a multiple of hand-written psycopg with tuples; less is faster. {machine(results)}",
        _grid(results, _ratio),
        _footnote(results),
        "![Time per call, by operation and peer](benchmarks/results/plot.svg)",
        "What is aimed at, and what this run gave:",
        "\n".join(
            f"- {each.aim}: {_figures(each)}{'' if each.met else ' (**missed**)'}." for each in verdicts(results)
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def in_readme(text: str, block: str) -> str:
    """Return README.md's text with the block between its markers; raises ValueError when they are not there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md has no lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{block}\n\n{END}{after}"


def machine(results: Results) -> str:
    """Return what the run was made on."""
    on = results.machine
    load = "" if on.load is None else f"; load average before the run {on.load}"
    cores = {
        None: "",
        True: "; one connection: client and server on one core",
        False: "; client and server on any core",
    }
    quick = " A quick run: its figures say little." if results.quick else ""
    return (
        f"{on.processor}, {on.cores} cores, {on.system}; PostgreSQL {on.postgresql} on the same machine, Unix socket; "
        f"Python {on.python}{cores[on.one_core]}{load}.{quick}"
    )


def ratio(results: Results, peer: str, operation: str) -> Spread | None:
    """Return a peer's ratio to the baseline of an operation; None where the peer lacks it."""
    return results.ratio(peer, operation, POOL_BASELINE if operation == POOL else BASELINE)


def shown_operations(results: Results) -> list[str]:
    """Return the operations of a run, in the order of tables."""
    return [name for name in (*OPERATIONS, POOL) if results.timings.get(name)]


def _grid(results: Results, cell: Callable[[Results, str, str], str]) -> str:
    operations = shown_operations(results)
    return _table(
        ("", *operations),
        ((label, *(cell(results, peer, each) for each in operations)) for peer, label in results.labels.items()),
    )


def _ratio(results: Results, peer: str, operation: str) -> str:
    found = ratio(results, peer, operation)
    if found is None:
        return _NONE
    return f"{found.median:.2f}{'*' * (peer in results.one_by_one.get(operation, ()))}"


def _ratio_and_quartiles(results: Results, peer: str, operation: str) -> str:
    found = ratio(results, peer, operation)
    return _NONE if found is None else f"{_ratio(results, peer, operation)} ({found.low:.2f}–{found.high:.2f})"


def _time(results: Results, peer: str, operation: str) -> str:
    found = results.seconds(peer, operation)
    if found is None:
        return _NONE
    return f"{found.median * 1e6:.0f} µs" if found.median < 1e-3 else f"{found.median * 1e3:.2f} ms"


def _footnote(results: Results) -> str:
    return "\\* no pipeline: the calls are made one after another." if results.one_by_one else ""


def _aims(results: Results) -> list[str]:
    rows = [
        (each.aim, _figures(each, quartiles=True), "met" if each.met else "**missed**") for each in verdicts(results)
    ]
    return ["## Aims", _table(("aim", "median (quartiles)", ""), rows)] if rows else []


def _at_once(results: Results) -> list[str]:
    rows = []
    for server, rounds in results.at_once.items():
        at_once, one_by_one = (spread([each[n] for each in rounds]).median for n in (0, 1))
        rows.append((server, f"{at_once * 1e3:.1f} ms", f"{one_by_one * 1e3:.0f} µs"))
    return (
        [
            "## A thousand rows at once",
            "attune_sql, in autocommit: the median time of 1000 executions by `create_many`, and of one by `create`.",
            _table(("", "1000 at once", "one by one, each"), rows),
        ]
        if rows
        else []
    )


def _memory(results: Results) -> list[str]:
    if not results.memory:
        return []
    rows = [(results.labels[peer], f"{each.held:.0f}", f"{each.peak:.0f}") for peer, each in results.memory.items()]
    return [
        "## Memory",
        f"Growth of a fresh process by a list of {results.memory_rows:,} executions, in MB: while the list is held, "
        "and at most while it was read.",
        _table(("", "held", "at most"), rows),
    ]


def _startup(results: Results) -> list[str]:
    if not results.startup:
        return []
    spreads = {name: spread(samples) for name, samples in results.startup.items()}
    rows = [(name, f"{each.median:.0f}", f"{each.low:.0f}–{each.high:.0f}") for name, each in spreads.items()]
    return [
        "## Start-up",
        "Wall time of a fresh process over one that imports psycopg alone, in ms.",
        _table(("program", "median", "quartiles"), rows),
    ]


def _figures(verdict: Verdict, *, quartiles: bool = False) -> str:
    def shown(each: Spread) -> str:
        return f"{each.median:.2f}" + (f" ({each.low:.2f}–{each.high:.2f})" if quartiles else "")

    return "; ".join(f"{name} {shown(each)}".strip() for name, each in verdict.measured.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
