"""Maker: the dice, and what a query that is being made may refer to. Templates become SQL here."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tests.fuzz.expressions import templates
from tests.fuzz.types import TYPES, literal

T = TypeVar("T")

_PLACE = re.compile(r"\{(@?)(\w+)\}")
_KINDS = sorted(TYPES)


@dataclass(frozen=True, slots=True)
class Column:
    """Something of a type that may be written where a value is wanted: `a1.c2`, or an aggregate, or a window function.

    Only a `plain` one may be referred to from a sub-query.
    """

    text: str
    type: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Relation:
    """Something that may stand in FROM: its name there, and its columns (name, type)."""

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Maker:
    """Makes one query: `major` is the server's, `parameters` are the types of `$1`, `$2`, … so far.

    `relations` may stand in FROM, WITH queries among them; `depth` is how much deeper an expression or query may go.
    """

    dice: random.Random
    major: int
    relations: Sequence[Relation]
    queries: Callable[[Maker, Sequence[str], Sequence[Column]], str]
    depth: int = 3
    parameters: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=lambda: [0])
    takes_parameters: bool = True

    def chance(self, probability: float) -> bool:
        """Toss a coin that is not fair."""
        return self.dice.random() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """Choose one of several."""
        return self.dice.choice(choices)

    def type(self) -> str:
        """Choose a type, more often one that some relation has a column of."""
        if self.relations and self.chance(0.7):
            return self.pick(self.pick(self.relations).columns)[1]
        return self.pick(_KINDS)

    def name(self, prefix: str = "a") -> str:
        """Invent a name that nothing else in this query has."""
        self.names[0] += 1
        return f"{prefix}{self.names[0]}"

    def deeper(self, steps: int = 1) -> Maker:
        """Return a maker for a part, which may go less deep; names and parameters stay shared."""
        return replace(self, depth=self.depth - steps)

    def knowing(self, relations: Sequence[Relation]) -> Maker:
        """Return a maker that may use further relations."""
        return replace(self, relations=[*self.relations, *relations])

    def parameter(self, type: str) -> str:
        """Write a parameter, one that is there already where there is one."""
        same = [number for number, each in enumerate(self.parameters, 1) if each == type]
        if not same or (len(self.parameters) < 4 and self.chance(0.3)):
            self.parameters.append(type)
            same = [len(self.parameters)]
        return f"${self.pick(same)}::{TYPES[type]}"

    def query(self, types: Sequence[str], outer: Sequence[Column] = ()) -> str:
        """Write a sub-query with such columns that may refer to the plain columns around it."""
        return self.queries(self.deeper(), types, [each for each in outer if each.plain])

    def leaf(self, type: str, columns: Sequence[Column]) -> str:
        """Write a value that has no parts: a column where there is one, a literal, a parameter, NULL."""
        own = [each for each in columns if each.type == type]
        if own and self.chance(0.8):
            return self.pick(own).text
        if self.takes_parameters and self.chance(0.15):
            return self.parameter(type)
        return f"NULL::{TYPES[type]}" if self.chance(0.12) else literal(self.dice, type)

    def fill(self, template: str, columns: Sequence[Column]) -> str:
        """Put values in the places of a template: `{int}` any value, `{@int}` the same column each time, `{row}` …"""
        same: dict[str, str] = {}

        def value(place: re.Match[str]) -> str:
            fixed, type = place.groups()
            if type.startswith("query_"):
                return self.query([type.removeprefix("query_")], columns)
            if not fixed:
                return self.value(type, columns)
            own = [each for each in columns if each.type == type]
            if type not in same:
                same[type] = self.pick(own).text if own else self.value(type, columns)
            return same[type]

        return _PLACE.sub(value, template)

    def value(self, type: str, columns: Sequence[Column]) -> str:
        """Write any value of a type."""
        if self.depth <= 0 or self.chance(0.35):
            return self.leaf(type, columns)
        return self.deeper().fill(self.pick(templates(type, self.major)), columns)

    def condition(self, columns: Sequence[Column]) -> str:
        """Write a condition, which is more than one truth value."""
        return self.deeper().fill(self.pick(templates("bool", self.major)), columns)
