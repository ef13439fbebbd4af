"""PostgreSQL servers of every major that is found here: the one of the session, and system servers beside it.

Tests of the nullability engine run on all of them, because the text of the query tree differs from major to major.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from attune_sql.scratch_server.binaries import SYSTEM_FOLDERS
from attune_sql.scratch_server.scratch import ScratchServer, scratch

MORE = "ATTUNE_PG_BINDIRS"
"""Further folders with server programs, as in PATH."""


def other_folders() -> list[Path]:
    """Return the folders with server programs beside the one that a test session uses."""
    named = [Path(each) for each in os.environ.get(MORE, "").split(os.pathsep) if each]
    system = [folder for pattern in SYSTEM_FOLDERS for folder in sorted(Path("/").glob(pattern.lstrip("/")))]
    return [folder for folder in [*named, *system] if (folder / "initdb").is_file()]


def major_of(folder: Path) -> str:
    """Return the major of the server programs in a folder, such as `15`."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[2].partition(".")[0]


@contextmanager
def servers(own: ScratchServer) -> Iterator[dict[str, ScratchServer]]:
    """Start one server of each further major that is found, and stop them at the end."""
    with ExitStack() as stack:
        found = {str(own.version // 10000): own}
        for folder in other_folders():
            major = major_of(folder)
            if major not in found:
                with patch.dict(os.environ, {"ATTUNE_PG_BINDIR": str(folder), "ATTUNE_SQL_DSN": ""}):
                    found[major] = stack.enter_context(scratch(migrations=None))
        yield found
