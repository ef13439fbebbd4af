"""A server never outlives the process that it was started for, and leaves no files."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from attune_sql.scratch_server import place
from attune_sql.scratch_server.scratch import scratch
from tests.scratch_server.conftest import Script, base_dir, eventually, processes

START = "from attune_sql.scratch_server.scratch import scratch\nserver = scratch(migrations=None)\n"
WAIT = "import time\nprint(server.dsn, flush=True)\ntime.sleep(60)\n"
THREAD = f"""
import threading, time
from attune_sql.scratch_server.scratch import scratch
made = []
thread = threading.Thread(target=lambda: made.append(scratch(migrations=None)))
thread.start(); thread.join(); time.sleep(0.5)
server = made[0]
{WAIT}"""


def gone(folder: Path) -> bool:
    return not list(folder.iterdir()) and not processes(folder)


def orphaned_memory() -> set[str]:
    """System V segments whose creator is gone; every postmaster, and initdb's postgres, creates one (Linux only)."""
    table = Path("/proc/sysvipc/shm")
    rows = [line.split() for line in table.read_text().splitlines()[1:]] if table.exists() else []
    return {row[1] for row in rows if not Path("/proc", row[4]).exists()}


def kill(process: subprocess.Popen[str], number: int, whole_group: bool) -> None:
    if whole_group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    process.wait(30)


ENDS = pytest.mark.parametrize(
    ("number", "whole_group"),
    [
        pytest.param(signal.SIGKILL, False, id="killed"),
        pytest.param(signal.SIGTERM, False, id="terminated"),
        pytest.param(signal.SIGINT, True, id="ctrl-c"),
        pytest.param(signal.SIGHUP, True, id="terminal-closed"),
    ],
)


@ENDS
def test_nothing_remains_of_a_running_server(script: Script, folder: Path, number: int, whole_group: bool) -> None:
    # Started from a thread that has ended: the kernel's "parent died" signal goes by threads, and must not fire.
    process = script(THREAD, ATTUNE_PG_TMP=str(folder))
    assert process.stdout is not None
    dsn = process.stdout.readline().strip()
    psycopg.connect(dsn).close()
    assert len(processes(folder)) >= 2  # supervisor and postgres
    kill(process, number, whole_group)
    assert eventually(lambda: gone(folder))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn)


@ENDS
@pytest.mark.parametrize("moment", ["supervisor", "data/base/1", "data/postmaster.pid"])
def test_nothing_remains_of_a_start_cut_short(
    script: Script, folder: Path, moment: str, number: int, whole_group: bool
) -> None:
    before = orphaned_memory()
    process = script(START + WAIT, ATTUNE_PG_TMP=str(folder))
    assert eventually(lambda: any(folder.glob(f"attune-pg-*/{moment}")) or moment in "".join(processes(folder)))
    kill(process, number, whole_group)
    assert eventually(lambda: gone(folder))
    assert eventually(lambda: orphaned_memory() <= before)


def test_nothing_remains_when_stop_was_forgotten(script: Script, folder: Path) -> None:
    process = script(START + "import psycopg; kept = psycopg.connect(server.dsn)", ATTUNE_PG_TMP=str(folder))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert gone(folder)


def test_nothing_remains_when_the_supervisor_is_killed_too(script: Script, folder: Path) -> None:
    process = script(
        START + "import os, signal\nos.kill(server._host.child_process.pid, signal.SIGKILL)\nserver.stop()",
        ATTUNE_PG_TMP=str(folder),
    )
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert eventually(lambda: gone(folder))


def test_ctrl_c_does_not_reach_a_server_whose_owner_ignores_it(script: Script, folder: Path) -> None:
    code = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{START}{WAIT}"
    process = script(code, ATTUNE_PG_TMP=str(folder))
    assert process.stdout is not None
    dsn = process.stdout.readline().strip()
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.3)
    psycopg.connect(dsn).close()


def test_forked_child_does_not_stop_its_parents_server(script: Script, folder: Path) -> None:
    code = """
import os, psycopg
pid = os.fork()
if pid == 0:
    psycopg.connect(server.clone()).close()
    server.stop()
    raise SystemExit(0)  # with atexit and finalizers, unlike os._exit
assert os.waitpid(pid, 0)[1] == 0
psycopg.connect(server.clone()).close()
server.stop()
"""
    process = script(START + code, ATTUNE_PG_TMP=str(folder))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert gone(folder)


def test_start_removes_directories_that_nobody_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_PG_TMP", str(folder))
    old, young = folder / "attune-pg-old", folder / "attune-pg-young"
    for directory in (old, young):
        (directory / "data").mkdir(parents=True)
    with scratch(migrations=None) as running:
        long_ago = time.time() - 2 * place.ABANDONED_SECONDS
        for directory in (old, base_dir(running.dsn)):
            os.utime(directory, (long_ago, long_ago))
        with scratch(migrations=None):
            assert not old.exists()
            assert young.exists()
            psycopg.connect(running.clone()).close()
