"""A folder of query files → its operations: the only module of this room that reads files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
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
        parts = path.relative_to(root).parts[:-1]
        operations += read_file(path, spellable((*namespace, *parts), path))
    return _unique(operations)


def named_files(paths: Iterable[Path]) -> list[Path]:
    """List the files that are named and those below the folders that are, each once.

    Raises SourceError for a path that is not there, and for a folder that cannot be listed.
    """
    found: list[Path] = []
    for path in paths:
        # A link to nowhere is there, and told of when it is read.
        if not os.path.lexists(path):
            raise missing(path)
        found += sql_files(path) if os.path.isdir(path) else [path]
    return list(dict.fromkeys(found))


def missing(path: Path) -> SourceError:
    """Tell that a file or folder that was named is not there."""
    return SourceError(
        f"there is no file or folder {shown(path)}", help="check the name, and the folder that you are in", rule="files"
    )


def sql_files(root: Path) -> list[Path]:
    """List the `.sql` files below a folder, in order, links to nowhere too; what is hidden is passed over.

    So are files whose ending is not in lower case, which cannot be read. Raises SourceError for a folder that cannot be
    listed: `Path.rglob` would pass over it in silence.
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
        found += (Path(folder, each) for each in names if is_sql(each) and not each.startswith("."))
    return sorted(path for path in found if path.is_file() or path.is_symlink())


def is_sql(name: str) -> bool:
    """Tell whether a file is meant to be one of SQL, in whatever letters its ending is written."""
    return name.lower().endswith(".sql")


def read_file(path: Path, namespace: tuple[str, ...] = ()) -> list[Operation]:
    """Read every operation of one file; raises SourceError as `read_text` does, and for what is no query file."""
    return parse(read_text(path), path, namespace)


def read_text(path: Path) -> str:
    """Read a file of SQL, with its line ends as LF.

    Raises SourceError where it is not readable or not UTF-8, and for an ending such as `.SQL`: only some file systems
    find such a file under `.sql`.
    """
    if not path.name.endswith(".sql") and is_sql(path.name):
        raise SourceError(
            f"the ending {path.suffix} is not in lower case",
            location=Location(path, 1),
            help=f"rename it to {path.stem}.sql: query files and migrations end in .sql",
            rule="files",
        )
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
