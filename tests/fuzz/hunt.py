"""The hunt: rounds of one schema, some queries, and several data sets; counts, and what was broken."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection

from tests.fuzz.changes import change
from tests.fuzz.data import fill
from tests.fuzz.maker import Maker
from tests.fuzz.promises import Promise, ServerLostError, broken, promises, run, session
from tests.fuzz.schema import World, create
from tests.fuzz.selects import pinned
from tests.fuzz.selects import query as make
from tests.fuzz.types import VALUES

_QUERIES_OF_A_ROUND = 100
_CHANGES = 0.25
_PINNED = 0.2


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken promise: the words, and the script that shows it."""

    words: str
    promise: Promise
    values: tuple[str | None, ...]
    world: World
    rows: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """What was counted. A column or query is counted as seen when some run of it gave a row."""

    accepted: int = 0
    refused: int = 0
    with_rows: int = 0
    runs: int = 0
    errors: int = 0
    not_null: int = 0
    nullable: int = 0
    never_met: int = 0
    unknown: int = 0
    single: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    too_careful: Counter[str] = field(default_factory=Counter)


def hunt(dsn: str, seed: int, wanted: int, datasets: int, figures: Figures) -> Iterator[Broken]:
    """Try queries until so many were accepted; yield each broken promise, the first of each query."""
    number = 0
    while figures.accepted < wanted:
        dice = random.Random(f"{seed}-{number}")
        try:
            with session(dsn) as conn:
                yield from _round(conn, dice, min(_QUERIES_OF_A_ROUND, wanted), datasets, figures)
        except ServerLostError as error:
            figures.lost.append(str(error))
        number += 1


def _round(conn: Connection[Any], dice: random.Random, count: int, datasets: int, figures: Figures) -> Iterator[Broken]:
    world = create(conn, dice)
    made = [_query(conn, world, dice) for _ in range(count)]
    asked = promises(conn, made)
    figures.refusals.update(each for each in asked if isinstance(each, str))
    accepted = [each for each in asked if isinstance(each, Promise)]
    figures.accepted += len(accepted)
    figures.refused += len(asked) - len(accepted)
    nulls: list[set[int]] = [set() for _ in accepted]
    seen: set[int] = set()
    guilty: set[int] = set()
    for _ in range(datasets):
        rows = tuple(fill(conn, world, dice))
        for index, promise in enumerate(accepted):
            values = tuple(None if dice.random() < 0.3 else dice.choice(VALUES[each]) for each in promise.parameters)
            outcome = run(conn, promise.query, values)
            figures.runs += 1
            if outcome.error:
                figures.errors += 1
                figures.failures[outcome.error] += 1
            nulls[index] |= outcome.nulls
            if outcome.rows:
                seen.add(index)
            words = broken(promise, outcome)
            if words and index not in guilty:
                guilty.add(index)
                yield Broken("; ".join(words), promise, values, world, rows)
    figures.with_rows += len(seen)
    for index in seen:
        _count(accepted[index], nulls[index], figures)


def _count(promise: Promise, nulls: set[int], figures: Figures) -> None:
    figures.single += promise.rows.single
    for column, verdict in enumerate(promise.verdicts):
        figures.not_null += not verdict.nullable
        figures.nullable += verdict.nullable
        figures.unknown += verdict.unknown
        if verdict.nullable and column not in nulls:
            figures.never_met += 1
            figures.too_careful[verdict.text.rpartition(": ")[2]] += 1


def _query(conn: Connection[Any], world: World, dice: random.Random) -> tuple[str, list[str]]:
    maker = Maker(dice, conn.info.server_version // 10000, world.relations, make, depth=dice.choice((2, 3, 4)))
    if maker.chance(_CHANGES):
        return _numbered(change(maker, world.tables), maker.parameters)
    if maker.chance(_PINNED):
        return _numbered(pinned(maker, [maker.type() for _ in range(2)]), maker.parameters)
    # More truth values than tables have: theirs is the widest grammar.
    types = ["bool" if maker.chance(0.2) else maker.type() for _ in range(dice.randint(1, 4))]
    return _numbered(maker.query(types), maker.parameters)


def _numbered(query: str, types: Sequence[str]) -> tuple[str, list[str]]:
    """Number the parameters anew: a part that was made may have been thrown away."""
    used = list(dict.fromkeys(int(each) for each in re.findall(r"\$(\d)", query)))
    text = re.sub(r"\$(\d)", lambda found: f"${used.index(int(found[1])) + 1}", query)
    return text, [types[each - 1] for each in used]
