"""What the engine asks of the catalogue: a protocol, and the values of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from attune_sql.describe.query_tree import Node


@dataclass(frozen=True, slots=True)
class Function:
    """A function, aggregate or window function.

    `arguments` are the type names of its parameters (`text`, `int4`, `anyarray`), `kind` is f, a, w or p as in
    pg_proc.prokind. A `strict` one is not called with a NULL and gives NULL instead; a `built_in` one came with
    PostgreSQL, and was not put into its schema by somebody else.
    """

    name: str
    schema: str
    arguments: tuple[str, ...]
    strict: bool
    volatile: bool
    returns_set: bool
    kind: str
    built_in: bool

    @property
    def signature(self) -> str:
        """Its name and parameters: `lower(text)`."""
        return f"{self.name}({','.join(self.arguments)})"

    @property
    def shown(self) -> str:
        """The name as an author writes it."""
        return self.name if self.built_in else f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator and the function behind it (pg_operator); `built_in` as for a function."""

    name: str
    schema: str
    function: int
    built_in: bool


@dataclass(frozen=True, slots=True)
class PartialKey:
    """Columns (by number) that are unique among the rows for which a predicate holds; its Vars have varno 1."""

    columns: frozenset[int]
    predicate: Node


Change = Literal["insert", "update"]


class Catalogue(Protocol):
    """What PostgreSQL's catalogues know of relations, functions and types, by oid."""

    def not_null(self, relid: int, attnum: int) -> bool:
        """Tell whether every stored row, of inheriting tables too, has a value in this column."""

    def generated(self, relid: int, attnum: int) -> bool:
        """Tell whether the column is computed from others."""

    def rewrites(self, relid: int, change: Change) -> bool:
        """Tell whether a trigger or a foreign server may alter the row that such a statement stores and returns."""

    def relation_name(self, relid: int) -> str:
        """Return the name with its schema."""

    def column_name(self, relid: int, attnum: int) -> str:
        """Return the name of a column."""

    def function(self, oid: int) -> Function | None:
        """Return a function, None for an unknown oid."""

    def operator(self, oid: int) -> Operator | None:
        """Return an operator, None for an unknown oid."""

    def refuses_null(self, type_oid: int) -> bool:
        """Tell whether a cast to this type, a domain or one over it, refuses NULL."""

    def is_row(self, type_oid: int) -> bool:
        """Tell whether this type, or the one below the domain, is a composite one: in FROM it has its own columns."""

    def unique_keys(self, relid: int) -> list[frozenset[int]]:
        """Return the column sets of which no two rows have the same values."""

    def partial_keys(self, relid: int) -> list[PartialKey]:
        """Return the column sets of which no two rows have the same values where a predicate holds."""
