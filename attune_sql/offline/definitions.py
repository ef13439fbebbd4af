"""The definitions of the objects of a database, as digests: what can be seen to have changed. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attune_sql.offline.digest import digest

SURROUNDINGS = "surroundings"
"""Casts, collations, operator classes and what was put into pg_catalog: any query may depend on them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table, view or sequence that did not come with PostgreSQL.

    `name` has its schema, and quotes where they are needed; `rules` is the text of its rules, the query of a view too.
    """

    name: str
    schema: str
    table: str
    columns: tuple[str, ...]
    rules: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """The objects of a database: a digest for each by its name, and which oid is which.

    Names are `relation attune.pack`, `column attune.pack.ref`, `columns attune.pack` (all of them, in their order),
    `type …`, `function …` and `operator …` (all that share the name), and `surroundings`.
    """

    digests: Mapping[str, str]
    relations: Mapping[str, Relation]
    relation_names: Mapping[int, str]
    functions: Mapping[int, str]
    operators: Mapping[int, str]
    types: Mapping[int, tuple[str, ...]]
    """A type by its oid, with the types that it is made of."""

    @property
    def whole(self) -> str:
        """The digest of everything: what a query depends on of which nothing more is known."""
        return digest(sorted(self.digests.items()))
