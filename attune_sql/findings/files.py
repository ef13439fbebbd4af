"""Query files → operations, with every error of every file: the reading edge of a check."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.location import shown
from attune_sql.source.operation import Operation
from attune_sql.source.tree import named_files, read_file, repeated, spellable


@dataclass(frozen=True, slots=True)
class Files:
    """What was read: how many files, their operations, and an error with its file for each that cannot be read."""

    count: int
    operations: tuple[Operation, ...]
    errors: tuple[tuple[Path, SourceError], ...]


def read(root: Path, only: Sequence[Path] = ()) -> Files:
    """Read the `.sql` files below `root`, or only the files and folders in `only`; an error hides no other file's.

    Folders below `root` are namespaces, as in aiosql. Raises SourceError only for what is not there, when there is
    nothing to read at all, and for a folder that cannot be listed.
    """
    if not only and not os.path.exists(root):
        raise SourceError(
            f"there is no query folder {shown(root)}", help="give the path of a folder of .sql files", rule="files"
        )
    paths = named_files(only or [root])
    if not paths:
        named = ", ".join(map(shown, only or [root]))
        raise SourceError(f"no .sql file in {named}", help="put one operation in each file", rule="files")
    resolved = root.resolve()
    operations: list[Operation] = []
    errors: list[tuple[Path, SourceError]] = []
    for path in paths:
        try:
            operations += read_file(path, _namespace(path, resolved))
        except SourceError as error:
            errors.append((path, error))
    errors += ((error.location.path if error.location else root, error) for error in repeated(operations))
    return Files(len(paths), tuple(operations), tuple(errors))


def _namespace(path: Path, root: Path) -> tuple[str, ...]:
    try:
        parts = path.resolve().relative_to(root).parts[:-1]
    except ValueError:
        return ()
    return spellable(parts, path)
