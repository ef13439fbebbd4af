"""Pages and a folder → what has to change in it, and the change: the only module of this room that touches files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from attune_sql.errors import AttuneSqlError
from attune_sql.location import Location, shown
from attune_sql.reference.pages import BANNER


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one file: its bytes before and after, None where there is no file."""

    path: Path
    before: bytes | None
    after: bytes | None

    def diff(self) -> str:
        """Show the change as a unified diff."""
        name = shown(self.path)
        lines = unified_diff(
            _lines(self.before),
            _lines(self.after),
            "/dev/null" if self.before is None else name,
            "/dev/null" if self.after is None else name,
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def changes(folder: Path, pages: Mapping[str, str]) -> list[Change]:
    """Compare a folder with the pages that it should hold, in order of the file names.

    A page that is no longer generated is surplus; Markdown without the banner is somebody's own, and stays. Raises
    AttuneSqlError for a file that cannot be read.
    """
    wanted = {name: text.encode() for name, text in pages.items()}
    there = {path.name for path in folder.glob("*.md")} if folder.is_dir() else set[str]()
    found: list[Change] = []
    for name in sorted(wanted.keys() | there):
        path = folder / name
        before, after = _read(path), wanted.get(name)
        surplus = after is None and before is not None and _is_ours(before)
        if surplus or (after is not None and before != after):
            found.append(Change(path, before, after))
    return found


def apply(found: list[Change]) -> None:
    """Carry out the changes, each file at once or not at all.

    Raises AttuneSqlError before anything is written where a file of somebody's own is in the way, and for a file that
    cannot be written.
    """
    for change in found:
        if change.before is not None and not _is_ours(change.before):
            raise AttuneSqlError(
                f"{shown(change.path)} is not a generated page, and would be overwritten",
                location=Location(change.path, 1),
                help="move or delete it, or choose another folder with --out",
                rule="reference",
            )
    for change in found:
        try:
            if change.after is None:
                change.path.unlink(missing_ok=True)
            else:
                _replace(change.path, change.after)
        except OSError as error:
            raise AttuneSqlError(f"{shown(change.path)} cannot be written: {error.strerror}") from None


def _is_ours(content: bytes) -> bool:
    return content.startswith(BANNER.encode())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AttuneSqlError(f"{shown(path)} cannot be read: {error.strerror}") from None


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, since a rename is atomic within a file system only.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _lines(content: bytes | None) -> list[str]:
    # Not splitlines(): that also splits at separators that are no line ends to diff and patch.
    text = (content or b"").decode(errors="replace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]
