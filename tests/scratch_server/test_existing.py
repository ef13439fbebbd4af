"""Throw-away databases on a server that is there already; an own scratch server plays that part."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from attune_sql.scratch_server.databases import connect
from attune_sql.scratch_server.existing import ExistingServer
from attune_sql.scratch_server.scratch import ScratchServer, scratch
from tests.scratch_server.conftest import Script, base_dir, eventually

HOLD = """
import time
from attune_sql.scratch_server.scratch import scratch
server = scratch(migrations=None)
print(server.clone(), flush=True)
time.sleep(60)
"""


def made(dsn: str) -> set[str]:
    with connect(dsn) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'attune%'").fetchall()
    return {str(name) for (name,) in rows}


@pytest.fixture
def there(own: ScratchServer) -> Iterator[str]:
    """The DSN of a server without databases of ours."""
    assert made(own.dsn) == set()
    yield own.dsn
    ExistingServer(own.dsn).stop()
    assert made(own.dsn) == set()


@pytest.mark.parametrize("through", ["argument", "environment", "url"])
def test_databases_are_made_and_dropped(there: str, monkeypatch: pytest.MonkeyPatch, through: str) -> None:
    argument: str | None = there
    if through == "environment":
        monkeypatch.setenv("ATTUNE_SQL_DSN", there)
        argument = None
    elif through == "url":
        parts = conninfo_to_dict(there)
        argument = f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}&port={parts['port']}"
    with scratch(migrations=None, dsn=argument) as server:
        assert base_dir(server.dsn) == base_dir(there)
        clone = server.clone()
        for dsn in (server.dsn, clone):
            with psycopg.connect(dsn) as connection:
                connection.execute("CREATE TABLE public.note (id int)")
        assert {str(conninfo_to_dict(dsn)["dbname"]) for dsn in (server.dsn, clone)} < made(there)
        left_open = psycopg.connect(clone)
    assert made(there) == set()
    left_open.close()
    server.stop()


def test_databases_of_a_killed_owner_are_swept_by_the_next(there: str, script: Script) -> None:
    process = script(HOLD, ATTUNE_SQL_DSN=there)
    assert process.stdout is not None
    process.stdout.readline()
    orphans = made(there)
    assert len(orphans) == 3
    with scratch(migrations=None, dsn=there):
        assert orphans < made(there)  # its owner lives
    process.send_signal(signal.SIGKILL)
    process.wait(30)

    def swept() -> bool:
        with scratch(migrations=None, dsn=there):
            return not orphans & made(there)

    assert eventually(swept)


def test_an_owner_connected_to_another_database_is_left_alone(own: ScratchServer, there: str) -> None:
    elsewhere = own.clone()
    with scratch(migrations=None, dsn=elsewhere) as server, scratch(migrations=None, dsn=there):
        psycopg.connect(server.dsn).close()


def test_owner_whose_connection_was_cut_still_tidies_up(there: str) -> None:
    with scratch(migrations=None, dsn=there), connect(there) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    assert made(there) == set()


def test_forked_child_does_not_drop_its_parents_databases(there: str, script: Script) -> None:
    code = """
import os, psycopg
from attune_sql.scratch_server.scratch import scratch
server = scratch(migrations=None)
pid = os.fork()
if pid == 0:
    server.stop()
    raise SystemExit(0)
assert os.waitpid(pid, 0)[1] == 0
psycopg.connect(server.clone()).close()
server.stop()
"""
    process = script(code, ATTUNE_SQL_DSN=there)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert made(there) == set()


def test_forgotten_stop_is_made_up_for_at_exit(there: str, script: Script) -> None:
    code = "from attune_sql.scratch_server.scratch import scratch\nserver = scratch(migrations=None)"
    process = script(code, ATTUNE_SQL_DSN=there)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert made(there) == set()


def test_a_plain_role_with_createdb_is_enough(there: str) -> None:
    with connect(there) as connection:
        connection.execute("DROP ROLE IF EXISTS maker")
        connection.execute("CREATE ROLE maker LOGIN CREATEDB")
    with scratch(migrations=None, dsn=make_conninfo(there, user="maker")) as server:
        psycopg.connect(server.clone()).close()
    assert made(there) == set()


def test_migrations_of_a_folder_of_ones_own(there: str, tmp_path: Path) -> None:
    (tmp_path / "0001_create_note.sql").write_text("CREATE TABLE public.note (id bigint PRIMARY KEY);\n")
    with scratch(migrations=tmp_path, dsn=there) as server:
        for dsn in (server.dsn, server.clone()):
            with psycopg.connect(dsn) as connection:
                assert connection.execute("SELECT count(*) FROM public.note").fetchone() == (0,)
        with psycopg.connect(server.empty()) as connection:
            assert connection.execute("SELECT to_regclass('public.note')").fetchone() == (None,)
