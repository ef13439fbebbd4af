"""The file of descriptions beside the queries: reading it, and writing it whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from attune_sql.errors import AttuneSqlError
from attune_sql.location import shown
from attune_sql.offline.stored import StoredDescription, StoredRejection, StoredTable, StoredType

FORMAT = 1
WIDTH = 118


class KeptError(AttuneSqlError):
    """A file of descriptions that is not one, or cannot be used."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """The description of one operation, or how it was rejected; `query` is the digest of the operation.

    `depends` names the definitions that it depends on; None means that it may depend on any.
    """

    query: str
    depends: tuple[str, ...] | None
    description: StoredDescription | None = None
    rejection: StoredRejection | None = None

    @property
    def found(self) -> StoredDescription | StoredRejection:
        """Whichever of the two it is."""
        found = self.description or self.rejection
        assert found is not None
        return found


class Kept(msgspec.Struct, frozen=True):
    """All descriptions of a folder, and what they were made from.

    `engine` is the digest of the code that made them, `postgresql` the server's major version, `migrations` a digest
    for each file, `schema` one for all definitions, and `definitions` one for each that some entry depends on.
    """

    format: int
    engine: str
    postgresql: int
    migrations: Mapping[str, str]
    schema: str
    definitions: Mapping[str, str]
    tables: tuple[StoredTable, ...]
    types: Mapping[str, StoredType]
    operations: Mapping[str, Entry]


def file_of(queries: Path) -> Path:
    """Name the file that belongs to a folder of queries; folders that begin with a dot hold none themselves."""
    return queries / ".attune" / "descriptions.json"


def read(path: Path) -> Kept | None:
    """Read a file of descriptions, None where there is none; raises KeptError for any other file in its place."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeptError(f"{shown(path)} cannot be read: {error.strerror}", help=_REMOVE, rule="descriptions") from None
    try:
        found = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        if found.get("format") is not None and bytes(found["format"]) != str(FORMAT).encode():
            raise KeptError(
                f"{shown(path)} has the format {bytes(found['format']).decode()}, and this version reads {FORMAT}",
                help=_REMOVE,
                rule="descriptions",
            )
        kept = msgspec.json.decode(text, type=Kept)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeptError(
            f"{shown(path)} is no file of descriptions: {error}", help=_REMOVE, rule="descriptions"
        ) from None
    for entry in kept.operations.values():
        if (entry.description is None) == (entry.rejection is None) or set(entry.depends or ()) - set(kept.definitions):
            raise KeptError(f"{shown(path)} does not fit together", help=_REMOVE, rule="descriptions")
    return kept


_REMOVE = "attune-sql check, without --offline, writes it anew"


def write(path: Path, kept: Kept) -> None:
    """Put a file of descriptions in its place, whole and at once; the same descriptions make the same bytes.

    Raises OSError where the folder cannot be written.
    """
    text = "\n".join(_lines(msgspec.to_builtins(kept), "")) + "\n"
    with contextlib.suppress(OSError):
        if path.read_bytes() == text.encode():
            return
    path.parent.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".descriptions-", suffix=".tmp")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _lines(value: Any, indent: str) -> list[str]:
    """Write JSON so that what fits into a line stands in one, and a diff shows the column that changed."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, tuple)) or not value or len(indent) + len(line) <= WIDTH:
        return [line]
    deeper = indent + " "
    if isinstance(value, dict):
        members = [(f"{json.dumps(key, ensure_ascii=False)}: ", each) for key, each in value.items()]
    else:
        members = [("", each) for each in value]
    lines = ["{" if isinstance(value, dict) else "["]
    for number, (before, each) in enumerate(members):
        inner = _lines(each, deeper)
        inner[0] = f"{deeper}{before}{inner[0]}"
        inner[-1] += "," if number + 1 < len(members) else ""
        lines += inner
    return [*lines, f"{indent}{'}' if isinstance(value, dict) else ']'}"]
