"""The text of the migrations → the names of the schema: relations, types, functions, sequences; no server, no parser.

A rule that asks "is this name ours?" asks here. The scan is tolerant: text that it does not understand names nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.source.scan import BLANK, Kind, scan_runs, words_of

DEFAULT_SCHEMA = "attune"

_NONE: frozenset[str] = frozenset()
_RELATIONS = frozenset({"table", "view"})
_KINDS = {
    "table": "tables",
    "view": "views",
    "type": "types",
    "domain": "types",
    "function": "functions",
    "procedure": "functions",
    "aggregate": "functions",
    "sequence": "sequences",
}
# What may stand between CREATE, ALTER or DROP and the kind of the object, or between the kind and its name.
_MODIFIERS = frozenset(
    {"or", "replace", "unlogged", "foreign", "materialized", "recursive", "if", "not", "exists", "only", "concurrently"}
)
_TEMPORARY = frozenset({"temp", "temporary"})
_SERIAL = frozenset({"serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"})
_NOT_A_COLUMN = frozenset({"constraint", "primary", "unique", "check", "foreign", "exclude", "like"})


@dataclass(frozen=True, slots=True)
class SchemaNames:
    """The names of one schema, as PostgreSQL folds them: lower case unless they were quoted."""

    schema: str = DEFAULT_SCHEMA
    tables: frozenset[str] = _NONE
    views: frozenset[str] = _NONE
    types: frozenset[str] = _NONE
    functions: frozenset[str] = _NONE
    sequences: frozenset[str] = _NONE

    @property
    def relations(self) -> frozenset[str]:
        """What may stand after FROM."""
        return self.tables | self.views

    @property
    def all_types(self) -> frozenset[str]:
        """What may stand after `::`; every relation is a type too."""
        return self.types | self.relations

    def is_type(self, name: str) -> bool:
        """Tell whether a name is in `all_types`, without building the set for each name."""
        return name in self.types or name in self.tables or name in self.views

    def __or__(self, other: SchemaNames) -> SchemaNames:
        """Return the names of both; the schema is that of the left side."""
        return SchemaNames(
            self.schema,
            self.tables | other.tables,
            self.views | other.views,
            self.types | other.types,
            self.functions | other.functions,
            self.sequences | other.sequences,
        )


def read_names(folder: Path | None, schema: str = DEFAULT_SCHEMA) -> SchemaNames:
    """Read the names that the `.sql` files of a folder leave behind, in the order of their paths.

    A missing folder, or None, gives no names. The answer is kept for as long as no file there changes.
    """
    paths = sorted(path for path in folder.rglob("*.sql") if path.is_file()) if folder and folder.is_dir() else []
    states = [path.stat() for path in paths]
    return _read(
        tuple((path, each.st_mtime_ns, each.st_size) for path, each in zip(paths, states, strict=True)), schema
    )


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[Path, int, int], ...], schema: str) -> SchemaNames:
    return names_in((path.read_text(encoding="utf-8-sig", errors="replace") for path, *_ in files), schema)


def names_in(texts: Iterable[str], schema: str = DEFAULT_SCHEMA) -> SchemaNames:
    """Collect the names that some migrations leave behind, in their order: created, renamed and dropped ones.

    An object counts when it is created in `schema`, or without a schema, which is what the prefix rules mend. Temporary
    ones never do. Sequences of serial and identity columns count under the name that PostgreSQL gives them.
    """
    found = _Found(schema)
    for text in texts:
        for statement in _statements(text):
            found.read(statement)
    return SchemaNames(schema, **{kind: frozenset(names) for kind, names in found.names.items()})


def temporary_names(text: str) -> frozenset[str]:
    """Collect the temporary tables, views and sequences that one text creates: they have no schema to name."""
    created = (statement for statement in _statements(text) if statement[0] == "create")
    return frozenset(
        name[-1]
        for statement in created
        if _TEMPORARY.intersection(statement[1:4])
        for name, _, _ in [_object(statement)]
        if name
    )


def _statements(text: str) -> Iterator[list[str]]:
    """Cut a text into statements of words, in lower case; the body of a DO block gives its own.

    A quoted name keeps its quotes, so that it is no keyword. Stops at what never ends.
    """
    words: list[str] = []
    try:
        for token in scan_runs(text, Path("names")):
            part = text[token.start : token.end]
            if token.kind is Kind.RUN:
                words += map(str.lower, words_of(part))
            elif token.kind is Kind.SEMICOLON:
                if words:
                    yield words
                words = []
            elif token.kind is Kind.DOLLAR_STRING and words and words[0] == "do":
                mark = part[: part.index("$", 1) + 1]
                yield from (_from_verb(each) for each in _statements(part[len(mark) : -len(mark)]))
            elif token.kind is Kind.QUOTED_NAME:
                words.append(part)
            elif token.kind not in BLANK:
                words.append(part.lower())
    except SourceError:
        return
    if words:
        yield words


def _from_verb(words: list[str]) -> list[str]:
    """Drop what stands before CREATE, ALTER or DROP in a block: BEGIN, IF … THEN."""
    starts = [index for index, word in enumerate(words) if word in ("create", "alter", "drop")]
    return words[starts[0] :] if starts else words


def _object(words: list[str]) -> tuple[tuple[str, ...], str, int]:
    """Read the object that a CREATE, ALTER or DROP is about: its dotted name, its kind, the index after the name."""
    index = 1
    while index < len(words) and words[index] in _MODIFIERS | _TEMPORARY:
        index += 1
    kind = words[index] if index < len(words) else ""
    if kind not in _KINDS:
        return (), kind, index
    index += 1
    while index < len(words) and words[index] in _MODIFIERS:
        index += 1
    name, index = _dotted(words, index)
    return name, kind, index


def _dotted(words: list[str], index: int) -> tuple[tuple[str, ...], int]:
    parts: list[str] = []
    while index < len(words):
        parts.append(_folded(words[index]))
        index += 1
        if index >= len(words) or words[index] != ".":
            break
        index += 1
    return tuple(parts), index


def _folded(word: str) -> str:
    return word[1:-1].replace('""', '"') if word.startswith('"') else word


@dataclass(slots=True)
class _Found:
    schema: str
    names: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in set(_KINDS.values())})

    def read(self, words: list[str]) -> None:
        name, kind, index = _object(words)
        if not name or _TEMPORARY.intersection(words[1:4]):
            return
        match words[0]:
            case "create" if self._is_ours(name):
                self.names[_KINDS[kind]].add(name[-1])
                if kind == "table":
                    self.names["sequences"].update(_column_sequences(name[-1], words[index:]))
            case "drop":
                for each in _listed(words, name, index):
                    self._forget(each, kind)
            case "alter" if self._is_ours(name):
                self._alter(name, kind, words[index:])

    def _is_ours(self, name: tuple[str, ...]) -> bool:
        return len(name) == 1 or name[-2] == self.schema

    def _forget(self, name: tuple[str, ...], kind: str) -> None:
        if self._is_ours(name):
            self.names[_KINDS[kind]].discard(name[-1])
            if kind in _RELATIONS:
                self.names["sequences"] -= {each for each in self.names["sequences"] if each.startswith(f"{name[-1]}_")}

    def _alter(self, name: tuple[str, ...], kind: str, rest: list[str]) -> None:
        of_kind = self.names[_KINDS[kind]]
        if kind in ("function", "procedure", "aggregate") and ")" in rest:
            rest = rest[rest.index(")") + 1 :]
        if rest[:2] == ["rename", "to"] and len(rest) > 2:
            of_kind.discard(name[-1])
            of_kind.add(_folded(rest[2]))
        elif rest[:2] == ["set", "schema"] and len(rest) > 2:
            of_kind.discard(name[-1])
            if _folded(rest[2]) == self.schema:
                of_kind.add(name[-1])
        elif kind == "table":
            for index, word in enumerate(rest):
                if word == "add":
                    skip = 2 if rest[index + 1 : index + 2] == ["column"] else 1
                    self.names["sequences"].update(_column_sequences(name[-1], ["(", *rest[index + skip :]]))


def _listed(words: list[str], first: tuple[str, ...], index: int) -> Iterator[tuple[str, ...]]:
    """Yield the names of `DROP TABLE a, b`; the arguments of a dropped function are stepped over."""
    yield first
    depth = 0
    while index < len(words):
        mark = words[index]
        depth += {"(": 1, ")": -1}.get(mark, 0)
        index += 1
        if mark == "," and depth == 0:
            name, index = _dotted(words, index)
            yield name


def _column_sequences(table: str, words: list[str]) -> Iterator[str]:
    """Yield the sequences of a table's serial and identity columns: `<table>_<column>_seq`, chapter "Serial Types"."""
    depth, column, definition = 0, "", list[str]()
    for word in [*words, ","]:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if (word == "," and depth <= 1) or depth == 0:
            is_identity = "generated" in definition and "identity" in definition
            if column and (is_identity or (definition and definition[0] in _SERIAL)):
                yield f"{table}_{column}_seq"
            column, definition = "", []
        elif depth >= 1 and not (word == "(" and depth == 1):
            if column or definition:
                definition.append(word)
            elif word in _NOT_A_COLUMN:
                definition.append("")
            else:
                column = _folded(word)
