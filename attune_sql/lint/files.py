"""The files that a lint looks at: found, and written back. The edge of this room to the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.location import Location, shown

_MARK = b"\xef\xbb\xbf"


def sql_files(paths: Sequence[Path]) -> list[Path]:
    """List the `.sql` files below folders, and the files that are named, each once; hidden ones are passed over.

    Raises SourceError for a path that is not there, and where there is nothing at all.
    """
    found = list(dict.fromkeys(file for path in paths for file in _below(path)))
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


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from _visible(path, path.rglob("*.sql"))
    else:
        raise SourceError(f"there is no file or folder {shown(path)}", help="name files or folders", rule="files")


def _visible(folder: Path, files: Iterable[Path]) -> list[Path]:
    return sorted(
        each
        for each in files
        if (each.is_file() or each.is_symlink())
        and not any(part.startswith(".") for part in each.relative_to(folder).parts)
    )
