"""A made-up row: Row, and its INSERT. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attune_sql.prove.schema import Table


@dataclass(frozen=True, slots=True)
class Row:
    """Values of a row as text (None is NULL) by the columns that are given; the others have their defaults."""

    table: Table
    values: Mapping[str, str | None]

    def without(self, column: str) -> Row:
        """Return the row with one column left to its default."""
        return Row(self.table, {name: value for name, value in self.values.items() if name != column})

    def insert(self) -> str:
        """Write the INSERT, without a semicolon."""
        if not self.values:
            return f"INSERT INTO {self.table.full_name} DEFAULT VALUES"
        names = ", ".join(self.table.identifiers[name] for name in self.values)
        values = ", ".join(map(literal, self.values.values()))
        # An identity column that is GENERATED ALWAYS takes no value otherwise (manual, INSERT).
        numbered = any(each.numbered and each.name in self.values for each in self.table.fields)
        overriding = " OVERRIDING SYSTEM VALUE" if numbered else ""
        return f"INSERT INTO {self.table.full_name} ({names}){overriding} VALUES ({values})"


def literal(value: str | None) -> str:
    """Write a value as a constant whose type PostgreSQL finds out."""
    return "NULL" if value is None else "'{}'".format(value.replace("'", "''"))
