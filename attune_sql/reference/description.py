"""What the pages tell of a repository: its table, its operations, its lifecycle. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from attune_sql.source.operation import Operation


@dataclass(frozen=True, slots=True)
class Field:
    """A name and the SQL type that belongs to it: a column of a result."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `default` is an SQL expression, or None; an identity or generated column has none, and `filled_by` says which it is.
    """

    name: str
    type: str
    required: bool
    default: str | None = None
    filled_by: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its comment and its columns, in the order of the table."""

    comment: str | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call; an `optional` one may be left out."""

    name: str
    type: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Described:
    """An operation with the arguments that its callers pass and the columns that it returns (none for a count)."""

    operation: Operation
    arguments: tuple[Argument, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The statuses in the order of their type, the first of a life (or None), and the allowed changes `(from, to)`."""

    statuses: tuple[str, ...]
    first: str | None
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Repository:
    """One folder of query files; `table` and `lifecycle` are None where it has none."""

    name: str
    table: Table | None
    operations: tuple[Described, ...]
    lifecycle: Lifecycle | None = None
