"""Parameters and stored rows → arguments that fit: keys that are there, labels, NULL where it may be left out. Pure."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from attune_sql.describe.description import Description, ParameterFact, PgType
from attune_sql.prove.fill import Stored
from attune_sql.prove.hints import NUMBERS, TEXTS, innermost
from attune_sql.prove.schema import Field, Table
from attune_sql.prove.values import array, draw
from attune_sql.source.operation import GIVEN, Operation

Arguments = Mapping[str, str | None]

_WORD = re.compile(r"\w+")


class Chooser:
    """Chooses arguments for the operations of a round, from what its tables hold."""

    def __init__(self, tables: Sequence[Table], stored: Mapping[int, Sequence[Stored]]) -> None:
        self._rows: list[tuple[Table, Stored]] = [(each, row) for each in tables for row in stored.get(each.oid, ())]
        self._by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_type: defaultdict[str, list[str]] = defaultdict(list)
        self._fields: defaultdict[tuple[str, str], list[Field]] = defaultdict(list)
        for table, row in self._rows:
            for name, value in row.items():
                if value is not None:
                    family = _family(table.columns[name])
                    self._by_name[name, family].append(value)
                    self._by_type[family].append(value)
        for table in tables:
            self._learn(table, stored)

    def _learn(self, table: Table, stored: Mapping[int, Sequence[Stored]]) -> None:
        """Note what a table would take: of a column that refers what is there, of another whatever fits its checks."""
        referring: set[str] = set()
        for reference in table.references:
            referring |= set(reference.columns)
            for name, key in zip(reference.columns, reference.keys, strict=True):
                there = (row[key] for row in stored.get(reference.table, ()))
                self._by_name[name, _family(table.columns[name])] += filter(None, there)
        for field in table.fields:
            if field.name not in referring:
                self._fields[field.name, _family(field.type)].append(field)

    def choose(self, description: Description, dice: random.Random) -> Arguments:
        """Choose a text for each parameter, None for NULL: only where it may be left out or takes None.

        Often as many as possible come from one row of a table that the query names, most of all the one that the
        repository is named after, so that several conditions can be met together.
        """
        operation = description.operation
        optional = [each.name for each in operation.parameters if each.optional]
        none_at_all = dice.random() < 0.25
        passed = {each for each in optional if not none_at_all and dice.random() < 0.5}
        row = self._row(operation, dice)
        chosen: dict[str, str | None] = {}
        for fact in description.parameters:
            if fact.name == GIVEN:
                chosen[fact.name] = array([each for each in optional if each in passed])
            elif (fact.name in optional and fact.name not in passed) or (fact.nullable and dice.random() < 0.25):
                chosen[fact.name] = None
            else:
                chosen[fact.name] = self._value(fact, row, dice)
        return chosen

    def _row(self, operation: Operation, dice: random.Random) -> Mapping[tuple[str, str], str]:
        words = set(_WORD.findall(operation.sql))
        named = [each for each in self._rows if each[0].name in words]
        own = [each for each in named if each[0].name in operation.namespace]
        among = (own if dice.random() < 0.5 else []) or (named if dice.random() < 0.9 else []) or self._rows
        if not among:
            return {}
        table, row = dice.choice(among)
        return {(name, _family(table.columns[name])): value for name, value in row.items() if value is not None}

    def _value(self, fact: ParameterFact, row: Mapping[tuple[str, str], str], dice: random.Random) -> str:
        type = innermost(fact.type)
        if type.kind == "array" and type.element is not None:
            count = dice.choice((0, 1, 1, 2, 3))
            return array([self._one(fact.name, type.element, row, dice) for _ in range(count)])
        return self._one(fact.name, fact.type, row, dice)

    def _one(self, name: str, type: PgType, row: Mapping[tuple[str, str], str], dice: random.Random) -> str:
        if type.kind == "enum" and dice.random() < 0.5:
            return draw(type, dice)
        if type.kind == "json" and row and dice.random() < 0.5:
            return self._as_json(row, dice)
        family = _family(type)
        alike = [(each, family) for each in _alike(name)]
        of_row = [row[each] for each in alike if each in row]
        if of_row and dice.random() < 0.6:
            return of_row[0]
        fields = [field for each in alike[:1] for field in self._fields.get(each, ())]
        if fields and dice.random() < 0.3:
            return dice.choice(fields).draw(dice, wide=True)
        named = [value for each in alike for value in self._by_name.get(each, ())]
        if named and dice.random() < 0.7:
            return dice.choice(named)
        typed = self._by_type.get(family, ())
        if typed and dice.random() < (0.5 if not named else 0.2):
            return dice.choice(typed)
        return draw(type, dice)

    def _as_json(self, row: Mapping[tuple[str, str], str], dice: random.Random) -> str:
        """Write a row much like a stored one as an object or in an array; an `id` is seldom the caller's to give."""
        values: dict[str, str] = {}
        for (name, family), value in row.items():
            if name != "id" or dice.random() < 0.3:
                fields = self._fields.get((name, family))
                values[name] = fields[0].draw(dice, wide=True) if fields and dice.random() < 0.3 else value
        return json.dumps(dice.choice((values, [values])))


def _family(type: PgType) -> str:
    """Name what values can be exchanged with: all texts, all numbers, and each other type by itself."""
    name = innermost(type).name
    return "text" if name in TEXTS else "number" if name in NUMBERS else name


def _alike(name: str) -> list[str]:
    """Guess which columns a parameter is about: `ids`, `after_id` and `pack_id` mean `id`, `id` and `pack`."""
    names = [name]
    for prefix in ("after_", "before_", "new_", "min_", "max_", "by_"):
        if name.startswith(prefix):
            names.append(name.removeprefix(prefix))
    for each in tuple(names):
        names += [each.removesuffix("s"), each.removesuffix("es"), each.removesuffix("_id"), f"{each}_id"]
        names += [each.rpartition("_")[2]]
    return list(dict.fromkeys(names))
