"""Descriptions → the types that a file of rows holds: enums, and one row per column list of a repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from attune_sql.describe.description import Column, Description, ParameterFact, PgType
from attune_sql.generate.json_types import json_types
from attune_sql.generate.names import BUILTINS, Names, camel, enum_name
from attune_sql.generate.types import Tags, element_oid
from attune_sql.runtime.rows import refuse_unusable
from attune_sql.source.operation import GIVEN, Operator

RESERVED = frozenset({"JSON", "JSONIn", "ARRAYS", "ROWS", "Queries", *BUILTINS})

Key = tuple[str, tuple[str, ...]]
"""What the run time knows of a result: the repository and the column names."""

_WITH_ROWS = frozenset({Operator.ROWS, Operator.ROW, Operator.RETURNING})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row: its types, more than one where operations disagree, and whether any may yield NULL.

    `tags` are the Python types that `@json` tags give it.
    """

    name: str
    types: tuple[PgType, ...]
    nullable: bool
    tags: Tags = ()


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row class, and the full names of the operations that return it."""

    name: str
    repository: str
    fields: tuple[Field, ...]
    operations: tuple[str, ...]
    is_own: bool

    @property
    def key(self) -> Key:
        """What the run time finds it by."""
        return self.repository, tuple(each.name for each in self.fields)


@dataclass(frozen=True, slots=True)
class Batch:
    """The dict of arguments of a `*!` operation: its name, and what the operation takes."""

    name: str
    description: Description


@dataclass(frozen=True, slots=True)
class Shapes:
    """The named types of one folder of queries.

    Rows by key, enums as (name, labels) by the name in PostgreSQL, and what `@json` tags mean: by the full name of the
    operation, the types by the names of parameters and columns. `arrays` are the columns that psycopg does not know as
    arrays, by operation and name, with the oids as which their elements are read; `batches` the dicts of `*!`.
    """

    rows: Mapping[Key, RowShape]
    enums: Mapping[str, tuple[str, tuple[str, ...]]]
    json_types: Mapping[str, Mapping[str, str]]
    arrays: Mapping[str, Mapping[str, int]]
    batches: Mapping[str, Batch]

    def tags(self, description: Description, name: str) -> Tags:
        """Tell what the operation's own tag says of a parameter or column."""
        found = self.json_types[description.operation.full_name].get(name)
        return (found,) if found else ()


def repository_of(description: Description) -> str:
    """Name the folder of an operation, with dots; empty for a file at the top."""
    return ".".join(description.operation.namespace)


def key_of(description: Description) -> Key | None:
    """Tell which row an operation returns, or None where it returns no rows."""
    if description.operation.operator not in _WITH_ROWS:
        return None
    return repository_of(description), tuple(each.name for each in description.columns)


def shapes(descriptions: Iterable[Description], json_module: str | None = None) -> Shapes:
    """Name the types of some operations; the same for any order of them.

    `json_module` is where the bare names of `@json` tags are. Raises RowShapeError for a column that cannot be a field
    of a row, and AttuneSqlError as `json_types`.
    """
    ordered = sorted(descriptions, key=lambda each: each.operation.full_name)
    tagged = {each.operation.full_name: json_types(each.operation, json_module) for each in ordered}
    names = Names(RESERVED)
    groups: dict[Key, list[Description]] = {}
    for each in ordered:
        if (key := key_of(each)) is not None and each.columns:
            refuse_unusable(each.operation, key[1])
            groups.setdefault(key, []).append(each)
    own = _own_rows(groups)
    rows: dict[Key, RowShape] = {}
    # Repositories choose first, so that none loses its name to another one's operation.
    for key in sorted(groups, key=lambda each: (each not in own, each[0], groups[each][0].operation.full_name)):
        rows[key] = _row(key, groups[key], names, tagged, is_own=key in own)
    arrays = {each.operation.full_name: found for each in ordered if (found := _arrays(each))}
    return Shapes(rows, _enums(ordered, names), tagged, arrays, _batches(ordered, names))


def _own_rows(groups: Mapping[Key, list[Description]]) -> set[Key]:
    """Find each repository's own row: the longest list of columns that all are stored in the table of its name."""
    longest: dict[str, Key] = {}
    for key, group in sorted(groups.items()):
        repository, columns = key
        table = repository.rpartition(".")[2]
        if any(_is_of_table(each, table) for each in group) and (
            repository not in longest or len(columns) > len(longest[repository][1])
        ):
            longest[repository] = key
    return set(longest.values())


def _is_of_table(description: Description, table: str) -> bool:
    origins = [each.origin for each in description.columns]
    return all(
        origin is not None and origin[1:] == (table, each.name)
        for origin, each in zip(origins, description.columns, strict=True)
    )


def _row(
    key: Key, group: list[Description], names: Names, tagged: Mapping[str, Mapping[str, str]], *, is_own: bool
) -> RowShape:
    repository = key[0].split(".")
    operation = group[0].operation.name
    wishes = (
        (camel(repository[-1]), camel(*repository), camel(*repository, "Row"))
        if is_own
        else (camel(repository[-1], operation, "Row"), camel(*repository, operation, "Row"))
    )
    tags = [tagged[each.operation.full_name] for each in group]
    fields = tuple(_field(columns, tags) for columns in zip(*(each.columns for each in group), strict=True))
    return RowShape(names.claim(*wishes), key[0], fields, tuple(each.operation.full_name for each in group), is_own)


def _field(columns: tuple[Column, ...], tags: Iterable[Mapping[str, str]]) -> Field:
    name = columns[0].name
    types = tuple({each.type.name: each.type for each in columns}.values())
    # The row is shared, so the tag of one operation holds for all that return it.
    found = tuple(dict.fromkeys(each[name] for each in tags if name in each))
    return Field(name, types, any(each.nullable for each in columns), found)


def _batches(descriptions: Iterable[Description], names: Names) -> dict[str, Batch]:
    found = {}
    for each in descriptions:
        if each.operation.operator is Operator.MANY:
            folders = each.operation.namespace
            wishes = (camel(*folders[-1:], each.operation.name, "Run"), camel(*folders, each.operation.name, "Run"))
            found[each.operation.full_name] = Batch(names.claim(*wishes), each)
    return found


def passed(description: Description) -> list[ParameterFact]:
    """List the parameters that a caller passes."""
    return [each for each in description.parameters if each.name != GIVEN]


def _arrays(description: Description) -> dict[str, int]:
    found = ((column.name, element_oid(column.type)) for column in description.columns)
    return {name: oid for name, oid in found if oid is not None}


def _enums(descriptions: Iterable[Description], names: Names) -> dict[str, tuple[str, tuple[str, ...]]]:
    found = {each.name: each.labels for description in descriptions for each in _enum_types(description)}
    return {
        name: (names.claim(enum_name(name), camel(name), f"{camel(name)}Enum"), labels)
        for name, labels in sorted(found.items())
    }


def _enum_types(description: Description) -> Iterator[PgType]:
    parameters = [each.type for each in passed(description)]
    for each in [*parameters, *(column.type for column in description.columns)]:
        for inner in _parts(each):
            if inner.kind == "enum" and inner.labels:
                yield inner


def _parts(type: PgType) -> Iterator[PgType]:
    yield type
    for inner in (type.element, type.base):
        if inner is not None:
            yield from _parts(inner)
