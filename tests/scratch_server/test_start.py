"""What a scratch server offers while it runs."""

from __future__ import annotations

import os
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import testing.postgresql
from psycopg.conninfo import conninfo_to_dict

from attune_sql.errors import ScratchError
from attune_sql.scratch_server.binaries import find_bindir
from attune_sql.scratch_server.scratch import ScratchServer, scratch
from attune_sql.scratch_server.server import Postgres
from tests.scratch_server.conftest import Script, base_dir


def value(dsn: str, statement: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def test_dsn_is_a_conninfo_string_for_psycopg(own: ScratchServer) -> None:
    assert set(conninfo_to_dict(own.dsn)) == {"host", "port", "user", "dbname"}
    assert value(own.dsn, "SELECT 1 + 1") == 2


def test_dsn_is_a_conninfo_string_for_psql(own: ScratchServer) -> None:
    psql = find_bindir() / "psql"
    done = subprocess.run([psql, "-XAtc", "SELECT 1 + 1", own.dsn], capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"


def test_version_is_the_servers(own: ScratchServer) -> None:
    assert str(own.version) == value(own.dsn, "SELECT current_setting('server_version_num')")


def test_builds_on_testing_postgresql() -> None:
    assert issubclass(Postgres, testing.postgresql.Postgresql)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("listen_addresses", ""),
        ("fsync", "off"),
        ("synchronous_commit", "off"),
        ("full_page_writes", "off"),
        ("autovacuum", "off"),
        ("jit", "off"),
        ("TimeZone", "UTC"),
        ("max_connections", "100"),
        ("server_encoding", "UTF8"),
        ("search_path", '"$user", public'),
    ],
)
def test_server_runs_with(own: ScratchServer, setting: str, expected: str) -> None:
    assert value(own.dsn, f"SELECT current_setting('{setting}')") == expected


def test_without_migrations_the_database_is_empty(own: ScratchServer) -> None:
    assert value(own.clone(), "SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_|information_schema'") == 1
    assert value(own.clone(), "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == 0


def test_clone_does_not_see_what_others_wrote(own: ScratchServer) -> None:
    first, second = own.clone(), own.clone()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE public.note (id int)")
    for other in (second, own.clone(), own.empty(), own.dsn):
        assert value(other, "SELECT to_regclass('public.note') IS NULL") is True


def test_clones_from_many_threads_are_all_different(own: ScratchServer) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: own.clone(), range(8)))
    assert len({value(dsn, "SELECT current_database()") for dsn in made}) == 8


def test_template_accepts_no_connection(own: ScratchServer) -> None:
    with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
        psycopg.connect(own.dsn, dbname="scratch_template")


def test_directory_is_closed_to_other_users(own: ScratchServer) -> None:
    base = base_dir(own.dsn)
    assert base.stat().st_mode & 0o066 == 0
    assert [(base / name).stat().st_mode & 0o777 for name in ("data", "tmp")] == [0o700, 0o700]


def test_two_servers_start_at_once() -> None:
    ready = threading.Barrier(2)

    def start(_: int) -> ScratchServer:
        ready.wait()
        return scratch(migrations=None)

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(start, range(2))
    with first, second:
        assert base_dir(first.dsn) != base_dir(second.dsn)
        assert [value(server.dsn, "SELECT 1") for server in (first, second)] == [1, 1]


def test_stop_can_be_repeated_and_ends_cloning() -> None:
    with scratch(migrations=None) as server:
        base = base_dir(server.dsn)
        assert base.is_dir()
        server.stop()
        assert not base.exists()
        with pytest.raises(ScratchError, match="has been stopped"):
            server.clone()
    server.stop()


def test_starts_with_an_empty_environment(script: Script) -> None:
    out, err = script(
        "from attune_sql.scratch_server.scratch import scratch\nwith scratch(migrations=None) as s: print(s.version)"
    ).communicate(timeout=60)
    assert (out[:2].isdigit(), err) == (True, "")


def test_user_locale_and_libpq_settings_do_not_matter(script: Script) -> None:
    out, err = script(
        "from attune_sql.scratch_server.scratch import scratch\nwith scratch(migrations=None) as s: print(s.version)",
        LC_ALL="xx_YY.UTF-8", PGHOST="nowhere.invalid", PGPORT="1", PGDATABASE="nothing", PGUSER="nobody", PGDATA="/",
    ).communicate(timeout=60)  # fmt: skip
    assert (out[:2].isdigit(), err) == (True, "")
    assert "PGHOST" not in os.environ
