"""`python -m tests.fuzz --seed 1 --queries 20000 [--datasets 4] [--dsn …]`: hunt for broken promises.

Prints each one as a script that shows it, made small, and the figures at the end; the exit code is 1 when there was
one. With `--dsn` it works in a database of somebody's, in which it drops and makes the schema `f`.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import ExitStack

from attune_sql.scratch_server.scratch import scratch
from tests.fuzz.hunt import Figures, hunt
from tests.fuzz.promises import session
from tests.fuzz.shrink import script, shrunk


def main() -> int:
    """Read the command line, hunt, and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Hunt for broken promises of the engine.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, default=20000, help="how many accepted queries")
    parser.add_argument("--datasets", type=int, default=4, help="how many sets of rows each query meets")
    parser.add_argument("--dsn", help="a database to work in; by default a scratch server is started")
    parser.add_argument("--most", type=int, default=10, help="stop after so many broken promises")
    given = parser.parse_args()
    say = sys.stdout.write
    figures, found, started = Figures(), 0, time.monotonic()
    with ExitStack() as stack:
        dsn = given.dsn or stack.enter_context(scratch(migrations=None)).dsn
        with session(dsn) as conn:
            version = conn.info.server_version
        for each in hunt(dsn, given.seed, given.queries, given.datasets, figures):
            found += 1
            say(f"-- {each.words}\n{script(shrunk(dsn, each))}\n")
            if found == given.most:
                break
    seconds = time.monotonic() - started
    say(
        f"PostgreSQL {version}, seed {given.seed}: {figures.accepted} queries accepted, {figures.refused} refused,"
        f" {figures.with_rows} gave rows,"
        f" {figures.runs} runs ({figures.errors} ended in an error), {figures.accepted / seconds:.0f} queries/s\n"
        f"broken promises: {found}\n"
        f"columns not null: {figures.not_null}; nullable: {figures.nullable}, of which never NULL in any run:"
        f" {figures.never_met}, unknown: {figures.unknown}; queries of at most one row: {figures.single}\n"
    )
    for query in figures.lost:
        say(f"the server was lost at: {query}\n")
    counters = ("refused", figures.refusals), ("failed", figures.failures), ("perhaps too careful", figures.too_careful)
    for title, counter in counters:
        say(f"{title}:\n")
        for text, count in counter.most_common(12):
            say(f"  {count:6} {text}\n")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
