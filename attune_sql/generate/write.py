"""Texts and a folder → what has to change in it, and the change: the only module of this room that touches files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from attune_sql.errors import AttuneSqlError
from attune_sql.generate.layout import OURS
from attune_sql.location import Location, shown


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


def changes(folder: Path, files: Mapping[str, str]) -> list[Change]:
    """Compare a folder with the files that it should hold, in order of their names.

    Other files are somebody's own, and stay. Raises AttuneSqlError for a file that cannot be read.
    """
    compared = [Change(folder / name, content(folder / name), text.encode()) for name, text in sorted(files.items())]
    return [each for each in compared if each.before != each.after]


def apply(found: list[Change]) -> None:
    """Carry out the changes, all of them or none.

    Raises AttuneSqlError before anything is written where a file of somebody's own is in the way, and for a file that
    cannot be written.
    """
    for change in found:
        if change.before and not change.before.startswith(OURS.encode()):
            raise AttuneSqlError(
                f"{shown(change.path)} is not a generated file, and would be overwritten",
                location=Location(change.path, 1),
                help="move or delete it, or choose another folder with --out",
                rule="generate",
            )
    carry_out(found)


def carry_out(found: list[Change]) -> None:
    """Write and delete, whatever is there; raises AttuneSqlError for a file that cannot be written.

    All is written beside the files before the first of them changes, so that where there is no room or no right to
    write nothing has changed.
    """
    with ExitStack() as undo:
        drafts = [(change.path, _draft(change, undo)) for change in found]
        for path, draft in drafts:
            with _telling(path, "written"):
                if draft is None:
                    path.unlink(missing_ok=True)
                else:
                    draft.replace(path)
        undo.pop_all()


def content(path: Path) -> bytes | None:
    """Read a file, None where there is none; raises AttuneSqlError for one that cannot be read."""
    with _telling(path, "read"), suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _draft(change: Change, undo: ExitStack) -> Path | None:
    """Write what a file is to hold to a draft of it, and leave to `undo` how to be rid of that and of new folders."""
    if change.after is None:
        return None
    # In the same folder, since a rename is atomic within a file system only.
    draft = change.path.with_name(f".{change.path.name}.{os.getpid()}")
    with _telling(change.path, "written"):
        for folder in [each for each in reversed(change.path.parents) if not each.exists()]:
            folder.mkdir()
            undo.callback(_attempt, folder.rmdir)
        undo.callback(_attempt, draft.unlink)
        draft.write_bytes(change.after)
    return draft


def _attempt(undo: Callable[[], None]) -> None:
    with suppress(OSError):
        undo()


@contextmanager
def _telling(path: Path, done: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AttuneSqlError(
            f"the file cannot be {done}: {error.strerror}",
            location=Location(path, 1),
            help="give the room and the right to write there, or choose another folder with --out",
            rule="files",
        ) from None


def _lines(text: bytes | None) -> list[str]:
    # Not splitlines(): that also splits at separators that are no line ends to diff and patch.
    *whole, last = (text or b"").decode(errors="replace").split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])
