"""The values that reading a query file gives: Operation, Parameter, Operator. Values only."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from attune_sql.location import Location, shown

GIVEN = "given"
"""The parameter that the library fills with the names of the optional arguments that a caller passed."""


class Operator(Enum):
    """What a call gives back, by the mark after the name in the header (aiosql's own marks)."""

    ROWS = ""
    ROW = "^"
    VALUE = "$"
    AFFECTED = "!"
    RETURNING = "<!"
    MANY = "*!"
    SCRIPT = "#"


class Parameter(NamedTuple):
    """One named parameter.

    `cast` is the type that the SQL casts it to at its first use (`jsonb`, `text[]`, `attune.execution_status_enum`), or
    None where it stands bare. An `optional` one may be left out of a call.
    """

    name: str
    cast: str | None
    optional: bool


class NullabilityOverride(NamedTuple):
    """The author's word about one column of the result: `@not_null name` or `@nullable name` in the header."""

    column: str
    nullable: bool
    location: Location


class JsonType(NamedTuple):
    """The author's type for a json parameter or column: `@json config: ActionConfig` in the header.

    `type` is the dotted name of a Python type as it was written; what it means is for `generate` to find out.
    """

    name: str
    type: str
    location: Location


class Segment(NamedTuple):
    """From offset `converted` of the SQL that is sent, its text stands at offset `source` of the file."""

    converted: int
    source: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One named query of one file.

    `sql` is the text that is sent, with `$n` for the parameters in the order of `arguments`; `text` is the whole file.
    """

    namespace: tuple[str, ...]
    name: str
    operator: Operator
    parameters: tuple[Parameter, ...]
    arguments: tuple[str, ...]
    sentence: str
    sql: str
    segments: tuple[Segment, ...]
    path: Path
    text: str
    header: Location
    overrides: tuple[NullabilityOverride, ...] = ()
    json_types: tuple[JsonType, ...] = ()

    @property
    def full_name(self) -> str:
        """The name that a caller writes, such as `execution.find_by_id`."""
        return ".".join((*self.namespace, self.name))

    @property
    def place(self) -> str:
        """The file and line of the header, as text."""
        return f"{shown(self.path)}:{self.header.line}"

    def locate(self, position: int) -> Location:
        """Translate a 1-based character position in `sql`, as PostgreSQL reports it, to the author's file."""
        offset = position - 1
        segment = self.segments[bisect_right(self.segments, offset, key=lambda each: each.converted) - 1]
        start = segment.source + (offset - segment.converted)
        return Location.at(self.path, self.text, min(start, len(self.text)), start + 1)
