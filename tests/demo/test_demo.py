"""The demo as a whole: a run that goes well, and every way in which it can be broken off."""

from __future__ import annotations

import io
import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from rich.console import Console

import attune_sql
from attune_sql import queries
from attune_sql.bundled import folder
from attune_sql.demo.evidence import FINISHED
from attune_sql.demo.run import Settings, run
from attune_sql.demo.screen import Screen
from tests.demo.running import RunningDemo, eventually, run_demo

LONG = ("--events", "100000", "--workers", "1")
SITE_WATCH = folder("examples") / "packs" / "site_watch"
UNFINISHED = ("requested", "scheduling", "scheduled", "running", "canceling")


def unfinished(dsn: str) -> int:
    with attune_sql.connect(dsn) as conn:
        counts = queries.execution.count_by_status(conn)
        return sum(row.count for row in counts if row.status not in FINISHED)


def sessions(conn: psycopg.Connection[Any]) -> int:
    row = conn.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    return int(row[0]) if row else 0


@pytest.fixture
def scratch_folder() -> Iterator[Path]:
    """A short path for scratch servers, so that what they leave can be seen."""
    with tempfile.TemporaryDirectory(prefix="demo", dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def test_a_run_ends_with_every_execution_finished_exactly_once(scratch_folder: Path) -> None:
    ended = run_demo("--events", "20", "--workers", "2", ATTUNE_PG_TMP=str(scratch_folder))
    assert (ended.code, ended.errors) == (0, "")
    lines = [line.rstrip() for line in ended.output.splitlines()]
    assert lines[:5] == [
        "pack site_watch 1.2.0: 3 triggers, 2 sensors, 4 rules, 4 actions",
        "database: a scratch server, migrated",
        "2 worker processes ready",
        "20 events fired, 2 of them delivered twice: 12 enforcements",
        "the operator was asked 'Deploy 2026.2 to production for ada?' and answered "
        "{'comment': 'go ahead', 'approved': True}",
    ]
    assert re.fullmatch(r"36 executions, each finished exactly once, by 2 workers in \d+\.\d s", lines[-1])
    assert re.search(r"^│ completed │ +28 │$", ended.output, re.MULTILINE)
    assert re.search(r"^│ failed +│ +8 │$", ended.output, re.MULTILINE)
    assert re.search(r"^\d+ site_watch.check_region failed in \d+ ms", ended.output, re.MULTILINE)
    children = re.findall(r"^[├└]── \d+ (\w+): site_watch\.\w+ (?:completed|failed)", ended.output, re.MULTILINE)
    assert children == ["front_page", "search", "product", "cart", "account", "latency"]
    assert "\x1b" not in ended.output
    assert list(scratch_folder.iterdir()) == []


def test_a_second_run_on_the_same_database_adds_to_the_first(empty_dsn: str) -> None:
    for round in (1, 2):
        settings = Settings(SITE_WATCH, empty_dsn, events=12, workers=1, seed=round)
        assert run(settings, Screen(Console(file=io.StringIO()))) == 0
        assert unfinished(empty_dsn) == 0
    with attune_sql.connect(empty_dsn) as conn:
        assert len(queries.event.list(conn, limit=100)) == 24
        assert [pack.ref for pack in queries.pack.list(conn)] == ["site_watch"]
        assert len(queries.identity.list(conn)) == 2
        assert [worker.status for worker in queries.worker.list(conn)] == ["inactive"]
        runs = queries.workflow_execution.list(conn, limit=100)
        assert runs
        assert all(len(run.completed_tasks) + len(run.failed_tasks) == 6 for run in runs)


def test_a_server_that_is_killed_ends_the_run() -> None:
    with attune_sql.scratch() as server:
        with attune_sql.connect(server.dsn) as conn:
            row = conn.execute("SHOW data_directory").fetchone()
        assert row is not None
        postmaster = int((Path(row[0]) / "postmaster.pid").read_text().split()[0])
        with RunningDemo("--dsn", server.dsn, *LONG) as demo:
            demo.wait_for("ready")
            time.sleep(0.3)
            os.kill(postmaster, signal.SIGQUIT)
            ended = demo.end()
    assert ended.code == 2
    assert re.match(r"(the database was lost while waiting for|attune-demo-\d lost the database:) ", ended.errors)
    assert "Traceback" not in ended.errors


def test_interrupting_a_run_takes_back_what_is_unfinished(clone_dsn: str) -> None:
    with RunningDemo("--dsn", clone_dsn, *LONG) as demo:
        demo.wait_for("ready")
        time.sleep(0.3)
        demo.interrupt()
        ended = demo.end()
    assert (ended.code, ended.errors.strip()) == (130, "interrupted")
    assert re.search(r"^\d+ unfinished executions? cancelled$", ended.output, re.MULTILINE)
    assert unfinished(clone_dsn) == 0


def test_interrupting_the_start_leaves_nothing(scratch_folder: Path) -> None:
    with RunningDemo(*LONG, ATTUNE_PG_TMP=str(scratch_folder)) as demo:
        demo.wait_for("pack")
        eventually(lambda: any(scratch_folder.iterdir()))
        demo.interrupt()
        ended = demo.end()
    assert (ended.code, ended.errors.strip()) == (130, "interrupted")
    eventually(lambda: list(scratch_folder.iterdir()) == [])


def test_a_worker_that_is_killed_costs_exactly_what_it_held(clone_dsn: str) -> None:
    with (
        attune_sql.connect(clone_dsn, autocommit=True) as conn,
        RunningDemo("--dsn", clone_dsn, "--events", "60", "--workers", "2") as demo,
    ):
        demo.wait_for("ready")
        held = _kill_while_it_holds_something(demo, conn)
        ended = demo.end()
    assert ended.code == 1, ended
    assert re.search(r"attune-demo-\d died: killed by SIGKILL", ended.output)
    lost = {int(id) for ids in re.findall(r"lost, left \w+: ([\d, ]+)", ended.output) for id in ids.split(", ")}
    assert held <= lost
    assert "exactly once" not in ended.output
    assert unfinished(clone_dsn) == 0


def _kill_while_it_holds_something(demo: RunningDemo, conn: psycopg.Connection[Any]) -> set[int]:
    victim = demo.workers()[0]
    identity = queries.identity.find_by_login(conn, login="attune-demo-1")
    assert identity is not None
    executor = identity.id
    for _ in range(200):
        os.kill(victim, signal.SIGSTOP)
        # The server may still be at work on its last statement.
        time.sleep(0.03)
        held = [
            row
            for status in ("scheduling", "scheduled")
            for row in queries.execution.search(conn, executor=executor, status=status, limit=10)
        ]
        if held:
            os.kill(victim, signal.SIGKILL)
            return {row.id for row in held}
        os.kill(victim, signal.SIGCONT)
        time.sleep(0.005)
    raise AssertionError("the worker never held anything")


def test_an_execution_that_a_thief_takes_is_reported_as_lost(clone_dsn: str) -> None:
    stolen: list[int] = []

    def steal() -> None:
        with attune_sql.connect(clone_dsn, autocommit=True) as conn:
            thief = queries.identity.create(conn, login="thief").id
            while not stolen:
                stolen.extend(row.id for row in queries.execution.claim(conn, executor=thief, limit=1))

    output = io.StringIO()
    settings = Settings(SITE_WATCH, clone_dsn, events=12, workers=1, stall_seconds=0.7)
    thread = threading.Thread(target=steal)
    thread.start()
    code = run(settings, Screen(Console(file=output)))
    thread.join()
    assert code == 1
    assert re.search(rf"^1 lost, left scheduling: {stolen[0]}$", output.getvalue(), re.MULTILINE)
    assert unfinished(clone_dsn) == 0


def test_the_bars_are_drawn_on_a_terminal_and_taken_away(clone_dsn: str) -> None:
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "attune_sql", "demo", "--dsn", clone_dsn, "--events", "12", "--workers", "1"],
        stdout=terminal,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as process:
        os.close(terminal)
        output = b""
        with suppress(OSError):  # how a terminal says that nobody writes to it any more
            while chunk := os.read(controller, 4096):
                output += chunk
        os.close(controller)
    assert process.returncode == 0
    text = output.decode()
    assert "events fired" in text
    assert "executions finished" in text
    assert "\x1b[?25l" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")
    assert "each finished exactly once" in text


def test_workers_end_when_the_demo_is_killed(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn, RunningDemo("--dsn", clone_dsn, *LONG) as demo:
        demo.wait_for("ready")
        assert len(demo.workers()) == 1
        os.kill(demo.process.pid, signal.SIGKILL)
        ended = demo.end()
        assert ended.code == -signal.SIGKILL
        assert "Traceback" not in ended.errors
        eventually(lambda: sessions(conn) == 0)


def test_executions_of_somebody_else_are_left_to_them(clone_dsn: str) -> None:
    with (
        attune_sql.connect(clone_dsn, autocommit=True) as conn,
        RunningDemo("--dsn", clone_dsn, *LONG) as demo,
    ):
        demo.wait_for("ready")
        foreign = queries.execution.create(conn, action_ref="core.echo")
        ended = demo.end()
        assert ended.code == 2
        assert "somebody else requested an execution of core.echo" in ended.errors
        left = queries.execution.find_by_id(conn, id=foreign.id)
        assert left is not None
        assert left.status == "requested"
        counts = queries.execution.count_by_status(conn)
        assert {row.status: row.count for row in counts if row.status in UNFINISHED} == {"requested": 1}
