"""Measure this library against its peers, and write what was found.

    python -m benchmarks [--quick] [--peers NAMES] [--to FOLDER] [--without-plot] [--render]

A full run writes results.json, table.md, plot.svg and plot.png into benchmarks/results/ and the block of README.md; a
quick one, and one of some peers only, writes into build/bench/ and leaves README.md alone. Nothing is written before
all is measured. Exit code 0 done, 1 the peers disagree, 2 could not run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psycopg

from attune_sql.errors import AttuneSqlError
from benchmarks import report, results
from benchmarks.agreement import DisagreementError
from benchmarks.peers import BASELINE, ENTRIES, Entry
from benchmarks.run import FULL, QUICK, run

CHECKOUT: Final = Path(__file__).resolve().parents[1]
PUBLISHED: Final = CHECKOUT / "benchmarks" / "results"
README: Final = CHECKOUT / "README.md"
_INSTALL: Final = "help: pip install -e '.[bench]', or choose peers with --peers\n"


def main(arguments: list[str] | None = None) -> int:
    """Run; return the exit code."""
    options = _options().parse_args(arguments)
    entries = _chosen(options.peers)
    whole = entries == list(ENTRIES) and not options.quick
    folder: Path = options.to or (PUBLISHED if whole else CHECKOUT / "build" / "bench")
    missing = [] if options.render else sorted({package for entry in entries for package in entry.missing()})
    if not options.without_plot and find_spec("matplotlib") is None:
        missing.append("matplotlib")
    if missing:
        sys.stderr.write(f"error: not installed: {', '.join(missing)}\n{_INSTALL}")
        return 2
    try:
        if options.render:
            found = results.read(folder / "results.json")
        else:
            found = run(entries, QUICK if options.quick else FULL, _say)
        _write(found, folder, plot=not options.without_plot)
        if folder == PUBLISHED:
            block = report.readme_block(results.read(folder / "results.json"))
            _replace(README, report.in_readme(README.read_text(), block).encode())
    except DisagreementError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except (AttuneSqlError, psycopg.Error, OSError, ValueError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted; nothing was written\n")
        return 2
    _say(f"written to {os.path.relpath(folder)}")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure this library against its peers.")
    parser.add_argument("--quick", action="store_true", help="short slices, to see that all works")
    parser.add_argument("--peers", metavar="NAMES", help=f"some of {','.join(entry.name for entry in ENTRIES)}")
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="where to write")
    parser.add_argument("--without-plot", action="store_true", help="write no chart")
    parser.add_argument("--render", action="store_true", help="measure nothing; write tables and chart anew")
    return parser


def _chosen(names: str | None) -> list[Entry]:
    if names is None:
        return list(ENTRIES)
    known = {entry.name: entry for entry in ENTRIES}
    # What all ratios are against is always there.
    asked = {*names.split(","), BASELINE}
    unknown = asked - set(known)
    if unknown:
        sys.stderr.write(f"error: no such peer: {', '.join(sorted(unknown))}\nhelp: choose from {', '.join(known)}\n")
        raise SystemExit(2)
    return [entry for entry in ENTRIES if entry.name in asked]


def _write(found: results.Results, folder: Path, *, plot: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".bench-") as made:
        results.write(found, Path(made) / "results.json")
        # The tables are those of the file, whose figures are rounded.
        found = results.read(Path(made) / "results.json")
        (Path(made) / "table.md").write_text(report.page(found))
        if plot:
            # Only here: a run without a chart does without the package.
            from benchmarks.plot import draw

            draw(found, Path(made))
        for each in Path(made).iterdir():
            shutil.move(each, folder / each.name)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
