"""Pages and a folder → what has to change in it, and the change: the only module of this room that touches files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attune_sql.errors import AttuneSqlError
from attune_sql.generate.write import Change, carry_out, content
from attune_sql.location import Location, shown
from attune_sql.reference.pages import BANNER


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
        before, after = content(path), wanted.get(name)
        surplus = after is None and before is not None and _is_ours(before)
        if surplus or (after is not None and before != after):
            found.append(Change(path, before, after))
    return found


def apply(found: list[Change]) -> None:
    """Carry out the changes, all of them or none.

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
    carry_out(found)


def _is_ours(before: bytes) -> bool:
    return before.startswith(BANNER.encode())
