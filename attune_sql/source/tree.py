"""A folder of query files → its operations: the only module of this room that reads files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.location import Location, shown
from attune_sql.source.operation import Operation
from attune_sql.source.parse import parse


def read_tree(root: Path, namespace: tuple[str, ...] = ()) -> list[Operation]:
    """Read every `.sql` file below the folder `root` (or the one file `root`), in order of their paths.

    `namespace` is that of `root` itself. Folders are namespaces, as in aiosql; hidden files and folders are passed
    over. Raises SourceError for a missing or empty folder, an unreadable file, a folder name that Python cannot spell,
    and a name that is used twice.
    """
    if os.path.isfile(root):
        return _unique(read_file(root, namespace))
    if not os.path.isdir(root):
        raise SourceError(
            f"there is no query folder {shown(root)}", help="give the path of a folder of .sql files", rule="files"
        )
    operations = read_folder(root, namespace)
    if not operations:
        raise SourceError(
            f"the folder {shown(root)} holds no .sql file", help="put one operation in each file", rule="files"
        )
    return operations


def read_folder(root: Path, namespace: tuple[str, ...] = ()) -> list[Operation]:
    """Read every `.sql` file below a folder as `read_tree` does; there may be none."""
    operations: list[Operation] = []
    for path in sql_files(root):
        parts = path.relative_to(root).parts
        if any(part.startswith(".") for part in parts) or not (path.is_file() or path.is_symlink()):
            continue
        operations += read_file(path, spellable((*namespace, *parts[:-1]), path))
    return _unique(operations)


def sql_files(root: Path) -> list[Path]:
    """List the `.sql` files below a folder, in order, without those of hidden folders.

    Raises SourceError for a folder that cannot be listed: `Path.rglob` would pass over it in silence.
    """

    def refuse(error: OSError) -> None:
        raise SourceError(
            f"the folder {shown(Path(error.filename))} cannot be read: {error.strerror}",
            help="give the right to read it to whoever runs this",
            rule="files",
        )

    found: list[Path] = []
    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = [each for each in folders if not each.startswith(".")]
        found += (Path(folder, each) for each in names if each.endswith(".sql"))
    return sorted(found)


def read_file(path: Path, namespace: tuple[str, ...] = ()) -> list[Operation]:
    """Read every operation of one file; raises SourceError where it is not readable or not UTF-8."""
    return parse(read_text(path), path, namespace)


def read_text(path: Path) -> str:
    """Read a file of SQL, with its line ends as LF; raises SourceError where it is not readable or not UTF-8."""
    try:
        # Half the time of Path.read_text, which makes a stream of the bytes; line ends are still made one kind.
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the file is not UTF-8: {error.reason} at byte {error.start}",
            location=Location(path, 1),
            help="save it as UTF-8",
            rule="files",
        ) from None
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}",
            location=Location(path, 1),
            help="check its name and its rights",
            rule="files",
        ) from None


def spellable(namespace: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """Return the namespace of a file; raises SourceError where Python cannot spell a part of it."""
    for part in namespace:
        if not part.isidentifier():
            raise SourceError(
                f"the folder name {part!r} cannot be a namespace",
                location=Location(path, 1),
                help="name folders with letters, digits and _",
                rule="files",
            )
    return namespace


def repeated(operations: Sequence[Operation]) -> Iterator[SourceError]:
    """Tell of each name that is used twice, and of each that is an operation and a folder."""
    first: dict[str, Operation] = {}
    folders = {".".join(each.namespace[:depth]) for each in operations for depth in range(1, len(each.namespace) + 1)}
    for operation in operations:
        other = first.setdefault(operation.full_name, operation)
        # Files from outside the query folder have no namespace, and are not loaded together.
        if other is not operation and (operation.namespace or other.path.parent == operation.path.parent):
            problem = f"the name {operation.full_name!r} is used twice, first at {other.place}"
        elif operation.full_name in folders:
            problem = f"{operation.full_name!r} is an operation and a folder"
        else:
            continue
        yield SourceError(problem, location=operation.header, help="rename or remove one of them", rule="files")


def _unique(operations: list[Operation]) -> list[Operation]:
    if error := next(repeated(operations), None):
        raise error
    return operations
