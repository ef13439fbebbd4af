"""`workplace`: an empty working directory for a command, with a server for its scratch databases; `write` fills it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

SETTINGS = "[tool.attune_sql]\nqueries = 'sql'\nmigrations = 'db'\n"


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ScratchServer) -> Path:
    """The working directory of a command whose scratch databases are on the session's server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTUNE_SQL_DSN", server.dsn)
    return tmp_path


def write(name: str, content: str | bytes) -> None:
    """Write a file below the working directory."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
