"""What the tests of the scratch server share: one server, short folders, and scripts in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from attune_sql.scratch_server.scratch import ScratchServer, scratch

SETTINGS = ("ATTUNE_SQL_DSN", "ATTUNE_PG_BINDIR", "ATTUNE_PG_TMP")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def own() -> Iterator[ScratchServer]:
    """An own server without migrations, for every test that does not stop it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        server = scratch(migrations=None)
    with server:
        yield server


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path that everybody can reach: pytest's own is neither."""
    path = Path(tempfile.mkdtemp(prefix="at-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


Script = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def script() -> Iterator[Script]:
    """Start Python code in a process, and a session, of its own; the package is importable there."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *, prefix: tuple[str, ...] = (), **env: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*prefix, sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def base_dir(dsn: str) -> Path:
    """The directory of the server behind `dsn`."""
    return Path(str(conninfo_to_dict(dsn)["host"])).parent


def processes(text: str | Path) -> list[str]:
    """Command lines of living processes in which `text` occurs."""
    if Path("/proc/self/cmdline").exists():
        lines = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            except OSError:
                continue
    else:
        lines = subprocess.run(["ps", "-A", "-o", "args="], capture_output=True, text=True, check=True).stdout.split(
            "\n"
        )
    return [line for line in lines if str(text) in line]


def eventually(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether `condition` becomes true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")
