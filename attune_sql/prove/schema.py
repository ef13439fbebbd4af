"""A migrated database → its tables as rows are made for them: Field, Reference, Table."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.describe.description import PgType
from attune_sql.describe.prepare import empty_search_path
from attune_sql.describe.types import types
from attune_sql.prove.hints import Hints, hints
from attune_sql.prove.values import draw
from attune_sql.runtime.loader import Queries, load


@dataclass(frozen=True, slots=True)
class Field:
    """A column that an INSERT may give a value; `numbered` is one that a sequence fills."""

    name: str
    type: PgType
    not_null: bool
    has_default: bool
    numbered: bool
    hints: Hints

    def draw(self, dice: random.Random, *, wide: bool) -> str:
        """Draw a value that its checks may accept; `wide` for one that hardly comes twice."""
        if self.hints and dice.random() < 0.8:
            return self.hints.draw(dice)
        return draw(self.type, dice, wide=wide)


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: columns of a table, and those of the table (by oid) that they must be found in."""

    columns: tuple[str, ...]
    table: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what may be given (`fields`), what comes back (`columns`, with generated ones, and their types).

    `constraints` are the columns that an error with that constraint or unique index is about. `full_name`, with its
    schema, and `identifiers`, by column, are quoted where SQL wants it.
    """

    oid: int
    name: str
    full_name: str
    fields: tuple[Field, ...]
    columns: Mapping[str, PgType]
    identifiers: Mapping[str, str]
    constraints: Mapping[str, frozenset[str]]
    references: tuple[Reference, ...]

    def needs(self) -> set[int]:
        """Return the other tables (by oid) without whose rows there can be none of this one."""
        required = {each.name for each in self.fields if each.not_null}
        return {each.table for each in self.references if required & set(each.columns)} - {self.oid}


def schema(conn: Connection[Any]) -> list[Table]:
    """Read the tables of a database, those first that others refer to."""
    with empty_search_path(conn):
        columns: Sequence[Any] = _query("column_list")(conn)
        constraints: Sequence[Any] = _query("constraint_list")(conn)
        known = types(conn, {each.type for each in columns})
    by_relation: defaultdict[int, list[Any]] = defaultdict(list)
    for each in columns:
        by_relation[each.relation].append(each)
    names = {oid: {each.number: each.name for each in group} for oid, group in by_relation.items()}
    of_relation: defaultdict[int, list[Any]] = defaultdict(list)
    of_domain: defaultdict[int, list[str]] = defaultdict(list)
    for each in constraints:
        if each.relation:
            of_relation[each.relation].append(each)
        else:
            of_domain[each.type].append(each.definition)
    made = [_table(group, of_relation[oid], of_domain, names, known) for oid, group in by_relation.items()]
    return _in_order(made)


@cache
def _query(name: str) -> Any:
    queries: Queries = load(Path(__file__).parent / "sql" / f"{name}.sql")
    return getattr(queries, name)


def _table(
    columns: Sequence[Any],
    constraints: Sequence[Any],
    of_domain: Mapping[int, list[str]],
    names: Mapping[int, Mapping[int, str]],
    known: Mapping[int, PgType],
) -> Table:
    first = columns[0]
    own = names[first.relation]

    def field(column: Any) -> Field:
        checks = [each.definition for each in constraints if each.kind == "c" and column.number in each.columns]
        type: PgType | None = known[column.type]
        while type is not None and type.kind == "domain":
            checks += of_domain.get(type.oid, ())
            type = type.base
        found = known[column.type]
        not_null = column.not_null or found.not_null
        return Field(column.name, found, not_null, column.has_default, column.numbered, hints(checks, found))

    return Table(
        oid=first.relation,
        name=first.table,
        full_name=first.full_name,
        fields=tuple(field(each) for each in columns if not each.generated),
        columns={each.name: known[each.type] for each in columns},
        identifiers={each.name: each.identifier for each in columns},
        constraints={
            each.name: frozenset(own[number] for number in each.columns if number in own) for each in constraints
        },
        references=tuple(
            Reference(
                tuple(own[number] for number in each.columns),
                each.target,
                tuple(names[each.target][number] for number in each.target_columns),
            )
            for each in constraints
            if each.kind == "f" and each.target in names
        ),
    )


def _in_order(tables: Sequence[Table]) -> list[Table]:
    """Put tables after those that they refer to; in a circle, after those whose rows they cannot do without."""
    waiting = list(tables)
    ordered: list[Table] = []
    while waiting:
        left = {each.oid for each in waiting}
        free = [each for each in waiting if not {ref.table for ref in each.references} & (left - {each.oid})]
        chosen = free or [each for each in waiting if not each.needs() & left][:1] or waiting[:1]
        ordered += chosen
        waiting = [each for each in waiting if each not in chosen]
    return ordered
