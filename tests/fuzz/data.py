"""Random rows that the constraints of a random schema let through: many NULLs, few values, sometimes no rows."""

from __future__ import annotations

import random
from typing import Any

import psycopg
from psycopg import Connection

from tests.fuzz.schema import Table, World
from tests.fuzz.types import VALUES


def fill(conn: Connection[Any], world: World, dice: random.Random) -> list[str]:
    """Put rows into the tables in the place of those before; return the statements that did it."""
    for statement in emptying(world):
        conn.execute(statement.encode())
    nulls = dice.choice((0.1, 0.5, 1.0))
    done: list[str] = []
    for table in world.tables:
        for number in range(0 if dice.random() < 0.15 else dice.randint(1, 5)):
            statement = _insert(table, number, nulls, dice)
            try:
                conn.execute(statement.encode())
            except psycopg.Error:
                continue
            done.append(statement)
    return done


def emptying(world: World) -> list[str]:
    """Return the statements that take out all rows but the one that is older than its NOT NULL constraint."""
    tables = [each.name for each in world.tables if each.name != "f.tl"]
    return [*(f"TRUNCATE {each} CASCADE" for each in tables), "DELETE FROM f.tl WHERE id <> 1"]


def _insert(table: Table, number: int, nulls: float, dice: random.Random) -> str:
    given = {"id": str(number if table.key else dice.randint(0, 2))}
    for each in table.columns[1:]:
        if each.generated:
            continue
        if not each.not_null and dice.random() < nulls:
            # The documented way around a domain's NOT NULL (CREATE DOMAIN, Notes) for columns of such a domain.
            given[each.name] = f"(SELECT {each.name} FROM {table.name} WHERE false)"
        else:
            given[each.name] = f"'{dice.choice(VALUES[each.type])}'"
    return f"INSERT INTO {table.name} ({', '.join(given)}) VALUES ({', '.join(given.values())});"
