"""A parameter whose type PostgreSQL cannot tell: where it is used, and which cast its other uses call for. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from attune_sql.describe.spans import span
from attune_sql.source.operation import Operation
from attune_sql.source.scan import Kind, scan


@dataclass(frozen=True, slots=True)
class Uses:
    """Every `$n` in the SQL of an operation, in order: its number n, and its 0-based offsets."""

    operation: Operation
    places: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, operation: Operation) -> Uses:
        """Find the parameters in the SQL of an operation."""
        sql = operation.sql
        found = [token for token in scan(sql, operation.path) if token.kind is Kind.POSITIONAL]
        return cls(operation, tuple((int(sql[each.start + 1 : each.end]), each.start, each.end) for each in found))

    def __len__(self) -> int:
        return len(self.places)

    def apart(self, as_text: Collection[int]) -> str:
        """Write the SQL with a number of its own for each use: use 0 becomes `$1`; those in `as_text` are cast."""
        pieces: list[str] = []
        sql, copied = self.operation.sql, 0
        for use, (_, start, end) in enumerate(self.places):
            pieces += (sql[copied:start], f"(${use + 1}::pg_catalog.text)" if use in as_text else f"${use + 1}")
            copied = end
        return "".join([*pieces, sql[copied:]])


def advice(uses: Uses, number: int, types: Mapping[int, str]) -> tuple[int | None, str]:
    """Say where the cast of parameter `$number` is lacking (1-based position) and which one to write.

    `types` has the name of the type that each use (by its index) has of itself, where it has one.
    """
    operation = uses.operation
    name = operation.arguments[number - 1]
    own = [use for use, (each, _, _) in enumerate(uses.places) if each == number]
    lacking = next((use for use in own if use not in types), own[0])
    position = uses.places[lacking][1] + 1
    known = {types[use]: use for use in reversed(own) if use in types}
    if not known:
        return position, f"no use of :{name} tells its type: write the one that you mean, as in :{name}::text"
    told = [f"{type} at {_place(uses, use)}" for type, use in reversed(known.items())]
    if len(known) > 1:
        return position, f":{name} is {' and '.join(told)}: cast each use to the type that you mean"
    return position, f"write :{name}::{next(iter(known))}, as it is {told[0]}"


def _place(uses: Uses, use: int) -> str:
    location = span(uses.operation, uses.places[use][1] + 1)
    return f"{location.line}:{location.column}"
