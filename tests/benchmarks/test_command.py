"""The command, on a real server, with the peers that need nothing but the run-time dependencies."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import results
from benchmarks.peers import ENTRIES, Entry
from benchmarks.peers.peer import AsyncPeer, PooledPeer, SyncPeer
from benchmarks.workload import OPERATIONS

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

CHECKOUT = Path(__file__).resolve().parents[2]
LIGHT = ["library", "library_async", "psycopg_tuples", "aiosql_dataclass"]


def bench(*arguments: str, dsn: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        env={**os.environ, "ATTUNE_SQL_DSN": dsn}, cwd=CHECKOUT, capture_output=True, text=True,
        timeout=600, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def done(server: ScratchServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a quick run."""
    folder = tmp_path_factory.mktemp("bench")
    ran = bench("--quick", "--without-plot", "--peers", ",".join(LIGHT), "--to", str(folder), dsn=server.clone())
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def test_a_quick_run_measures_every_operation_of_every_peer(done: Path) -> None:
    found = results.read(done / "results.json")
    assert found.quick
    assert list(found.labels) == LIGHT
    for operation in OPERATIONS:
        lacking = {"aiosql_dataclass"} if operation == "bulk 1000" else set()
        assert set(found.timings[operation]) == set(LIGHT) - lacking
    assert set(found.timings["16 tasks"]) == {"library_async", "aiosql_dataclass"}
    assert all(seconds > 0 for peers in found.timings.values() for rounds in peers.values() for seconds in rounds)
    # The tests' server runs already: it is not moved to one core, and no other is started.
    assert set(found.at_once) == {"without fsync"}
    assert found.machine.one_core is False
    assert set(found.startup) >= {"attune_sql", "attune_sql, a first query ready", "aiosql"}


def test_tables_are_made_anew_from_the_file(done: Path) -> None:
    page = (done / "table.md").read_text()
    (done / "table.md").unlink()
    ran = bench("--render", "--without-plot", "--to", str(done))
    assert ran.returncode == 0, ran.stderr
    assert (done / "table.md").read_text() == page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--peers", "library,nothing"), "error: no such peer: nothing\nhelp: choose from library, library_async,"),
        (("--render", "--without-plot", "--to", "/nowhere"), "error: [Errno 2] No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(arguments: tuple[str, ...], message: str) -> None:
    ran = bench("--peers", "library", *arguments)
    assert ran.returncode == 2
    assert ran.stderr.startswith(message)


def test_a_missing_package_is_named() -> None:
    assert Entry("made_up", "Made up", ("psycopg", "no_such_package")).missing() == ("no_such_package",)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_peer_has_all_methods_whether_or_not_its_package_is_there(entry: Entry) -> None:
    path = CHECKOUT / "benchmarks" / "peers" / f"{entry.name}.py"
    text = path.read_text()
    assert len(text.splitlines()) <= 150
    classes = {each.name: each for each in ast.parse(text).body if isinstance(each, ast.ClassDef)}
    for name, protocols in (("Peer", (SyncPeer, AsyncPeer)), ("Pooled", (PooledPeer,))):
        if name not in classes or classes[name].bases:
            continue
        methods = {each.name for each in classes[name].body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
        for protocol in protocols:
            assert {method for method in vars(protocol) if not method.startswith("_")} - methods <= {
                "lacks",
                "one_by_one",
            }
