"""Several runners at once, and runners that die."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from attune_sql.errors import MigrationError
from attune_sql.migration.connection import session
from attune_sql.migration.lock import held
from attune_sql.migration.runner import migrate, status
from tests.migration.conftest import CREATE_PACK, Ask, Write

RUNNERS = 8
RUN = """
import sys
from pathlib import Path
from attune_sql.migration.runner import migrate
print(len(migrate(sys.argv[1], Path(sys.argv[2]))))
"""
WAIT_SECONDS = 20.0


def start(dsn: str, folder: Path) -> subprocess.Popen[str]:
    """Start a runner in a process of its own; it prints how many migrations it ran."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, dsn, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def wait_until_running(ask: Ask, what: str) -> None:
    """Wait until a session of this database runs a statement with `what` in it."""
    seen = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "
        f"AND pid <> pg_backend_pid() AND query LIKE '%{what}%'"
    )
    deadline = time.monotonic() + WAIT_SECONDS
    while not ask(seen):
        assert time.monotonic() < deadline, f"nobody runs {what}"
        time.sleep(0.02)


def test_concurrent_runners_all_succeed_and_each_file_runs_once(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write(
        {
            "0001_create_pack.sql": "CREATE TABLE attune.pack (id bigint); INSERT INTO attune.pack VALUES (1);",
            "0002_add_pack.sql": "INSERT INTO attune.pack VALUES (2); SELECT pg_sleep(0.1);",
            "0003_index_pack.sql": "-- attune: no-transaction\nCREATE INDEX CONCURRENTLY pack_id ON attune.pack (id);",
            "0004_add_pack.sql": "INSERT INTO attune.pack VALUES (4);",
        }
    )
    runners = [start(empty_dsn, folder) for _ in range(RUNNERS)]
    results = [(*runner.communicate(timeout=WAIT_SECONDS), runner.returncode) for runner in runners]
    assert [result for result in results if result[1:] != ("", 0)] == []
    assert sorted(int(out) for out, _, _ in results) == [0] * (RUNNERS - 1) + [4]
    assert ask("SELECT id FROM attune.pack ORDER BY id") == [(1,), (2,), (4,)]
    assert ask("SELECT version, state FROM attune.schema_migration ORDER BY version") == [
        (version, "done") for version in (1, 2, 3, 4)
    ]


def test_a_killed_runner_frees_the_lock_and_the_next_run_succeeds(empty_dsn: str, write: Write, ask: Ask) -> None:
    slow = "CREATE TABLE attune.b (id int);\nSELECT 'slow' FROM pg_sleep({});"
    folder = write({**CREATE_PACK, "0002_add_b.sql": slow.format(600)})
    runner = start(empty_dsn, folder)
    wait_until_running(ask, "slow")
    runner.send_signal(signal.SIGKILL)
    runner.communicate(timeout=WAIT_SECONDS)
    assert [row.version for row in status(empty_dsn, folder).applied] == [1]
    # The file was never recorded, so that it may be mended.
    write({"0002_add_b.sql": slow.format(0)})
    began = time.monotonic()
    assert [m.version for m in migrate(empty_dsn, folder, lock_wait_seconds=WAIT_SECONDS)] == [2]
    assert time.monotonic() - began < WAIT_SECONDS / 2
    assert ask("SELECT id FROM attune.b") == []


def test_a_runner_killed_outside_a_transaction_is_noticed(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write({**CREATE_PACK, "0002_add_b.sql": "-- attune: no-transaction\nSELECT 'slow' FROM pg_sleep(600);"})
    runner = start(empty_dsn, folder)
    wait_until_running(ask, "slow")
    at_work = status(empty_dsn, folder)
    assert [(row.version, row.state) for row in at_work.applied] == [(1, "done"), (2, "running")]
    assert at_work.problems == ()
    assert at_work.holder is not None
    assert not at_work.up_to_date
    runner.send_signal(signal.SIGKILL)
    runner.communicate(timeout=WAIT_SECONDS)
    with pytest.raises(MigrationError, match="0002_add_b runs outside a transaction, and began at"):
        migrate(empty_dsn, folder, lock_wait_seconds=WAIT_SECONDS)
    ask("DELETE FROM attune.schema_migration WHERE version = 2")
    write({"0002_add_b.sql": "SELECT 1;"})
    assert [m.version for m in migrate(empty_dsn, folder)] == [2]


def test_an_interrupted_runner_stops_at_once_and_undoes_its_file(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write({**CREATE_PACK, "0002_add_b.sql": "CREATE TABLE attune.b (); SELECT 'slow' FROM pg_sleep(600);"})
    runner = start(empty_dsn, folder)
    wait_until_running(ask, "slow")
    runner.send_signal(signal.SIGINT)
    _, said = runner.communicate(timeout=WAIT_SECONDS)
    assert said.rstrip().endswith("KeyboardInterrupt")
    write({"0002_add_b.sql": "CREATE TABLE attune.b ();"})
    assert [m.version for m in migrate(empty_dsn, folder)] == [2]


def test_the_holder_of_the_lock_is_named_when_waiting_takes_too_long(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write(CREATE_PACK)
    with session(empty_dsn) as other, held(other, 0):
        user, since = other.execute(
            b"SELECT usename, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
            b" FROM pg_stat_activity WHERE pid = pg_backend_pid()"
        ).fetchone() or ("", "")
        pid = other.info.backend_pid
        with pytest.raises(MigrationError) as caught:
            migrate(f"{empty_dsn} options='-c timezone=UTC'", folder, lock_wait_seconds=0.1)
        assert caught.value.report() == (
            f"another migration is at work: the lock is held by process {pid} (attune-sql migrate) of {user}, "
            f"connected since {since} UTC (waited 0.1 s)\n"
            f"help: wait for it to end, or end it with SELECT pg_terminate_backend({pid})"
        )
        assert ask("SELECT 1 FROM pg_namespace WHERE nspname = 'attune'") == []
    assert len(migrate(empty_dsn, folder, lock_wait_seconds=0)) == 1


def test_runners_of_two_databases_do_not_wait_for_each_other(empty_dsn: str, clone_dsn: str, write: Write) -> None:
    with session(clone_dsn) as other, held(other, 0):
        assert len(migrate(empty_dsn, write(CREATE_PACK), lock_wait_seconds=0)) == 1


def test_a_waiting_runner_does_not_stand_in_the_way_of_a_concurrent_index(
    empty_dsn: str, write: Write, ask: Ask
) -> None:
    folder = write(
        {
            **CREATE_PACK,
            "0002_index_pack.sql": "-- attune: no-transaction\nCREATE INDEX CONCURRENTLY pack_id ON attune.pack (id);",
        }
    )
    migrate(empty_dsn, folder, to=1)
    with psycopg.connect(empty_dsn) as reader:
        # The index waits for this transaction, while a second runner waits for the first.
        reader.execute("SELECT FROM attune.pack")
        reader.execute("LOCK TABLE attune.pack IN ROW EXCLUSIVE MODE")
        runners = [start(empty_dsn, folder) for _ in range(2)]
        wait_until_running(ask, "CREATE INDEX CONCURRENTLY")
        time.sleep(0.2)
        reader.rollback()
    results = [(*runner.communicate(timeout=WAIT_SECONDS), runner.returncode) for runner in runners]
    assert sorted(results) == [("0\n", "", 0), ("1\n", "", 0)]
