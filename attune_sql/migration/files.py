"""Reads a folder of migrations: file names and texts in, numbered migrations and what is wrong with them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from attune_sql.errors import MigrationError
from attune_sql.location import Location, shown
from attune_sql.migration.statements import NO_TRANSACTION, Statement, mistakes, split

_NAMING = "name it NNNN_verb_object.sql, as in 0003_create_pack.sql"
_DIRECTIVE = re.compile(r"^--[ \t]*attune[ \t]*:.*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration file.

    `version` is its number and `name` the words after it; `text` has its newlines as LF; `checksum` is the SHA-256 of
    that text in hexadecimal; `transaction` is False for a file that opted out in its first line.
    """

    version: int
    name: str
    path: Path
    text: str
    checksum: str
    transaction: bool
    statements: tuple[Statement, ...]

    @property
    def label(self) -> str:
        """The file's name without its ending: `0003_create_pack`."""
        return labelled(self.version, self.name)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of migrations, in the order of their numbers, and what is wrong with its files."""

    path: Path
    migrations: tuple[Migration, ...]
    problems: tuple[MigrationError, ...]


def labelled(version: int, name: str) -> str:
    """Join a number and a name as a file's name has them: `0003_create_pack`."""
    return f"{version:04}_{name}"


def read(folder: Path) -> Folder:
    """Read the migrations in `folder`; names that begin with a dot or do not end in `.sql` are left alone.

    Raises MigrationError when there is no such folder, or nothing in it.
    """
    paths = listed(folder)
    if not paths:
        raise MigrationError(f"the folder {shown(folder)} holds no migrations", help=_NAMING, rule="folder")
    found: dict[int, Migration] = {}
    problems: list[MigrationError] = []
    for path in paths:
        if (fault := name_fault(path.name)) is not None:
            problems.append(MigrationError(fault, location=Location(path, 1), help=_NAMING, rule="name"))
            continue
        try:
            migration = _load(path)
        except MigrationError as error:
            problems.append(error)
            continue
        if twin := found.get(migration.version):
            problems.append(_duplicate(path, twin))
        else:
            found[migration.version] = migration
        problems += mistakes(migration.text, path, migration.statements, migration.transaction)
        problems += _directive_mistakes(migration)
    return Folder(folder, tuple(found.values()), tuple(problems))


def listed(folder: Path) -> list[Path]:
    """List the files of a folder as `read` takes them, in order; raises MigrationError where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".sql" and path.name[0] != ".")
    except OSError as error:
        raise MigrationError(
            f"the folder of migrations {shown(folder)} cannot be read: {error.strerror}",
            help="name a folder that holds NNNN_verb_object.sql files",
            rule="folder",
        ) from None


def content(path: Path) -> bytes:
    """Return what a migration holds; raises MigrationError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise MigrationError(
            f"the migration cannot be read: {error.strerror}",
            location=Location(path, 1),
            help="check its name and its rights",
            rule="unreadable",
        ) from None


def name_fault(name: str) -> str | None:
    """Say which clause of the name grammar `name` breaks, or None."""
    stem, _, ending = name.rpartition(".")
    words = stem.lstrip("0123456789")
    number = stem.removesuffix(words)
    if ending != "sql":
        return f"the ending '.{ending}' is not in lower case"
    if "." in stem:
        return f"the name has a second ending, '.{stem.partition('.')[2]}': migrations go forward only"
    if not number:
        return "the name does not begin with a number"
    if len(number) != 4:
        return f"the number {number} has {len(number)} digit{'s' * (len(number) != 1)}, not 4"
    if number == "0000":
        return "the number is 0000: the first migration is 0001"
    if not words.startswith("_"):
        return f"the number {number} is not followed by '_'"
    if words != words.lower():
        return "the words are not in lower case"
    if strange := re.search(r"[^a-z0-9_]", words):
        return f"the words contain '{strange[0]}'"
    parts = words[1:].split("_")
    if "" in parts:
        return "the name has an empty word: a '_' too many"
    if parts[0][0].isdigit():
        return f"the verb '{parts[0]}' begins with a digit"
    if len(parts) < 2:
        return f"the verb '{parts[0]}' has no object"
    return None


def _load(path: Path) -> Migration:
    text = _text(path)
    return Migration(
        version=int(path.stem[:4]),
        name=path.stem[5:],
        path=path,
        text=text,
        checksum=sha256(text.encode()).hexdigest(),
        transaction=text.partition("\n")[0].rstrip() != NO_TRANSACTION,
        statements=split(text, path),
    )


def _text(path: Path) -> str:
    # What an editor adds in front of UTF-8 is no part of the SQL.
    raw = content(path).removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        raise MigrationError(
            f"the byte 0x{raw[error.start]:02x} is not UTF-8",
            location=Location.at(path, before, len(before)),
            help="save the file as UTF-8",
            rule="encoding",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (zero := text.find("\0")) >= 0:
        # The client library would take it for the end of the text, and leave out the rest without a word.
        raise MigrationError(
            "the text contains a NUL character", location=Location.at(path, text[:zero], zero), rule="encoding"
        )
    return text


def _directive_mistakes(migration: Migration) -> Iterator[MigrationError]:
    start = migration.statements[0].start if migration.statements else len(migration.text)
    for found in _DIRECTIVE.finditer(migration.text[:start]):
        if found.start() or migration.transaction:
            yield MigrationError(
                "this line would have no effect",
                location=Location.at(migration.path, migration.text, found.start(), found.end()),
                help=f"the only directive is '{NO_TRANSACTION}', as the whole first line",
                rule="directive",
            )


def _duplicate(path: Path, twin: Migration) -> MigrationError:
    return MigrationError(
        f"the number {twin.version:04} is taken by {twin.path.name}",
        location=Location(path, 1),
        help="give the one that is not applied yet the next free number",
        rule="number",
    )
