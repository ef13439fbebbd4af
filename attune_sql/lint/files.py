"""The files that a lint looks at: found, and written back. The edge of this room to the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.location import Location, shown
from attune_sql.source.tree import named_files

_MARK = b"\xef\xbb\xbf"


def sql_files(paths: Sequence[Path]) -> list[Path]:
    """List files as `named_files` does; raises SourceError where there are none, too."""
    found = named_files(paths)
    if not found:
        raise SourceError(f"no .sql file in {', '.join(map(shown, paths))}", help="name files or folders", rule="files")
    return found


def write(path: Path, text: str) -> None:
    """Replace one file, at once or not at all; its mode, line ends, byte order mark and links stay."""
    target = path.resolve()
    # In the same folder, since a rename is atomic within a file system only.
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        before = target.read_bytes()
        ends = text.replace("\n", "\r\n") if b"\r\n" in before else text
        draft.write_bytes((_MARK if before.startswith(_MARK) else b"") + ends.encode())
        draft.chmod(target.stat().st_mode)
        draft.replace(target)
    except OSError as error:
        raise SourceError(
            f"the file cannot be written: {error.strerror}",
            location=Location(path, 1),
            help="give the right to write to it and its folder, or run without --fix",
            rule="files",
        ) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
