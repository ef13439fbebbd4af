"""Tables and dice → made-up rows that PostgreSQL accepts: it is the judge of every constraint, trigger and domain."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.rows import tuple_row

from attune_sql.prove.rows import Row
from attune_sql.prove.schema import Reference, Table

Stored = dict[str, str | None]
"""A row as it came to be stored: the text of every value by its column."""

_TRIES = 60
_MOST_STORED = 100
_FIRST_NUMBER = 1001  # Far from where sequences begin, for the queries that insert.


@dataclass(frozen=True, slots=True)
class Style:
    """How the rows of a round are made: how many tables stay empty, how much is NULL, how many rows a table gets."""

    empty: float
    nulls: float
    most: int

    @classmethod
    def of_round(cls, number: int, dice: random.Random) -> Style:
        """Choose: first nothing at all, then one row of NULLs each, then rows without NULL, then anything."""
        fixed = (cls(1.0, 0.0, 0), cls(0.0, 1.0, 1), cls(0.0, 0.0, 2))
        if number < len(fixed):
            return fixed[number]
        return cls(dice.choice((0.0, 0.0, 0.3)), dice.choice((0.0, 0.3, 0.6, 1.0)), dice.choice((2, 3, 4)))


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows of a round in the order of their INSERTs, what is stored by table, and why tables got none of theirs."""

    rows: tuple[Row, ...]
    stored: Mapping[int, Sequence[Stored]]
    refused: Mapping[str, str]


def fill(conn: Connection[Any], tables: Sequence[Table], style: Style, dice: random.Random) -> Filled:
    """Insert rows in the open transaction; the same for the same dice, as far as defaults and triggers are."""
    filler = _Filler(conn, style, dice)
    for table in tables:
        filler.fill(table)
    return Filled(tuple(filler.rows), filler.stored, filler.refused)


class _Filler:
    def __init__(self, conn: Connection[Any], style: Style, dice: random.Random) -> None:
        self._conn = conn
        self._style = style
        self._dice = dice
        self.rows: list[Row] = []
        self.stored: defaultdict[int, list[Stored]] = defaultdict(list)
        self.refused: dict[str, str] = {}

    def fill(self, table: Table) -> None:
        """Put rows into one table, beside those that the migrations have put there."""
        self.stored[table.oid] += self._before(table)
        if self._dice.random() < self._style.empty:
            return
        for _ in range(self._dice.randint(1, self._style.most)):
            self._conn.execute("SAVEPOINT attune_sql_row")
            self._add(table)
            self._conn.execute("RELEASE SAVEPOINT attune_sql_row")

    def _rows_of(self, query: str, table: Table) -> list[Stored]:
        cursor = self._conn.cursor(row_factory=tuple_row).execute(query.encode(), prepare=False)
        return [dict(zip(table.columns, values, strict=True)) for values in cursor]

    def _before(self, table: Table) -> list[Stored]:
        query = f"SELECT {_columns(table)} FROM {table.full_name} LIMIT {_MOST_STORED}"
        return self._rows_of(query, table)

    def _add(self, table: Table) -> None:
        """Draw a row until PostgreSQL takes it: after each refusal, what is to blame is drawn anew."""
        draft = _Draft(table, self.stored, self._dice, self._style.nulls)
        draft.draw({each.name for each in table.fields})
        for _ in range(_TRIES):
            row = draft.row()
            query = f"{row.insert()} RETURNING {_columns(table)}"
            try:
                stored = self._rows_of(query, table)
            except psycopg.Error as error:
                if self._conn.closed:
                    raise
                self._conn.execute("ROLLBACK TO SAVEPOINT attune_sql_row")
                self.refused[table.full_name] = error.diag.message_primary or str(error)
                draft.redraw(error)
            else:
                # With what defaults have given, for another time might give something else.
                self.rows += (draft.completed(each) for each in stored)
                self.stored[table.oid] += stored
                self.refused.pop(table.full_name, None)
                return


class _Draft:
    """The values of a row that is not accepted yet."""

    def __init__(self, table: Table, stored: Mapping[int, list[Stored]], dice: random.Random, nulls: float) -> None:
        self._table = table
        self._stored = stored
        self._dice = dice
        self._nulls = nulls
        self._wide: set[str] = set()
        self._forced: set[str] = set()
        self._values: dict[str, str | None] = {}
        self._keys = {column for each in table.references for column in each.columns}

    def row(self) -> Row:
        """Return the row as it stands: a column without a value is left to its default."""
        ordered = {each.name: self._values[each.name] for each in self._table.fields if each.name in self._values}
        return Row(self._table, ordered)

    def completed(self, stored: Stored) -> Row:
        """Return the row with the defaults that it came to be stored with."""
        return Row(
            self._table, {each.name: self._values.get(each.name, stored[each.name]) for each in self._table.fields}
        )

    def redraw(self, error: psycopg.Error) -> None:
        """Draw anew what an error is about: the columns of its constraint, or its column, or all."""
        if column := error.diag.column_name:
            self._forced.add(column)
        if isinstance(error, psycopg.errors.UniqueViolation | psycopg.errors.ExclusionViolation):
            self._wide |= self._table.constraints.get(error.diag.constraint_name or "", set())
        blamed = set(self._table.constraints.get(error.diag.constraint_name or "", ())) or {column or ""}
        given = {each.name for each in self._table.fields}
        # How many NULLs there may be is what a check is often about.
        self._nulls = self._dice.choice((self._nulls, 0.0, 0.5, 0.9))
        self.draw(blamed & given or given)

    def draw(self, columns: set[str]) -> None:
        """Draw the values of some columns; those of a foreign key together."""
        for reference in self._table.references:
            if columns & set(reference.columns):
                columns = columns | set(reference.columns)
        for name in columns:
            self._values.pop(name, None)
        for reference in self._table.references:
            if columns & set(reference.columns):
                self._refer(reference)
        for field in self._table.fields:
            if field.name not in columns or field.name in self._keys:
                continue
            if field.numbered:
                self._values[field.name] = str(_FIRST_NUMBER + len(self._stored[self._table.oid]))
                if field.name in self._wide:
                    self._values[field.name] = str(_FIRST_NUMBER + self._dice.randrange(30_000))
            elif field.name not in self._forced and not field.not_null and self._dice.random() < self._nulls:
                self._values[field.name] = None
            elif not (field.has_default and field.name not in self._forced and self._dice.random() < 0.3):
                self._values[field.name] = field.draw(self._dice, wide=field.name in self._wide)

    def _refer(self, reference: Reference) -> None:
        """Point at a row that is there and agrees with columns that another key has set; else at none."""
        set_before = {name: self._values[name] for name in reference.columns if name in self._values}
        nullable = [
            each.name
            for each in self._table.fields
            if each.name in reference.columns and not each.not_null and each.name not in set_before
        ]
        found = list(self._agreeing(reference, set_before))
        if not found or (nullable and not self._forced & set(nullable) and self._dice.random() < self._nulls):
            self._values |= dict.fromkeys((each for each in reference.columns if each not in set_before), None)
        else:
            self._values |= self._dice.choice(found)

    def _agreeing(self, reference: Reference, wanted: Mapping[str, str | None]) -> Iterator[Stored]:
        for target in self._stored.get(reference.table, ()):
            values = {name: target[key] for name, key in zip(reference.columns, reference.keys, strict=True)}
            if None not in values.values() and all(values[name] == value for name, value in wanted.items()):
                yield values


def replay(conn: Connection[Any], rows: Sequence[Row]) -> bool:
    """Insert rows again; tells whether PostgreSQL took all of them."""
    script = ";".join(each.insert() for each in rows)
    try:
        conn.execute(script.encode() or b"SELECT", prepare=False)
    except psycopg.Error:
        if conn.closed:
            raise
        return False
    return True


def _columns(table: Table) -> str:
    return ", ".join(f"{each}::pg_catalog.text" for each in table.identifiers.values())
