"""Texts, operations and folders → digests: what tells that something is as it was."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from attune_sql import describe, source
from attune_sql.location import Location
from attune_sql.migration.files import content, listed
from attune_sql.source.operation import Operation


def digest(*parts: object) -> str:
    """Return 16 hexadecimal digits for some values, by how they are written."""
    return blake2b("\0".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def of_operation(operation: Operation) -> str:
    """Digest all of an operation that its description tells of: its text, its name line, and where both stand.

    Places are lines and columns, so that a sentence in the header may change and an operation above may not.
    """
    first = operation.segments[0].source
    body = Location.at(operation.path, operation.text, first)
    return digest(
        operation.full_name,
        operation.operator.value,
        [(each.name, each.cast, each.optional) for each in operation.parameters],
        operation.arguments,
        operation.sql,
        [(each.converted, each.source - first) for each in operation.segments],
        (body.line, body.column),
        _place(operation.header),
        [(each.column, each.nullable, _place(each.location)) for each in operation.overrides],
    )


def of_migrations(folder: Path) -> dict[str, str]:
    """Digest every file that a folder of migrations holds, by its name.

    Raises MigrationError for a folder or file that cannot be read.
    """
    return {each.name: _of_bytes([content(each)]) for each in listed(folder)}


def of_engine() -> str:
    """Digest the part of this package that makes descriptions, so that another version of it trusts none of the old."""
    folders = [Path(str(each.__file__)).parent for each in (describe, source)]
    files = sorted(path for each in folders for path in each.rglob("*") if path.suffix in (".py", ".sql"))
    return _of_bytes(path.read_bytes() for path in files)


def _of_bytes(texts: Iterable[bytes]) -> str:
    found = blake2b(digest_size=8)
    for text in texts:
        found.update(text.replace(b"\r\n", b"\n"))
        found.update(b"\0")
    return found.hexdigest()


def _place(location: Location) -> tuple[int, int, int]:
    return location.line, location.column, location.length
