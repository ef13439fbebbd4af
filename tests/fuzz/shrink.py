"""A broken promise, made small: tokens of the query and rows of the data are left out while it stays broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import psycopg
from psycopg import Connection

from tests.fuzz.data import emptying
from tests.fuzz.hunt import Broken
from tests.fuzz.promises import Promise, broken, promises, run, session

T = TypeVar("T")

_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|\w+(?:\.\w+)*|::|<>|>=|<=|->>|->|\S")
_NAME = re.compile(r"\bf\.t\w+|\bf\.v\d+")
_IS_FIXED = re.compile(r"CREATE (SCHEMA|TYPE|DOMAIN|FUNCTION|COLLATION)")
_TRIES = 3000


def shrunk(dsn: str, found: Broken) -> Broken:
    """Return a smaller one; a promise that was broken by chance, and is kept now, stays as it is.

    It works in the schema that the promise was broken in.
    """
    with session(dsn) as conn:
        return _shrunk(conn, found)


def _shrunk(conn: Connection[Any], found: Broken) -> Broken:
    for statement in (*emptying(found.world), *found.rows):
        conn.execute(statement.encode())
    tries = _TRIES

    def still(tokens: Sequence[str]) -> bool:
        nonlocal tries
        tries -= 1
        return tries > 0 and _is_broken(conn, found, " ".join(tokens)) is not None

    tokens = _smaller(_TOKEN.findall(found.promise.query), still)
    smaller = _is_broken(conn, found, " ".join(tokens))
    if smaller is None:
        return found
    promise, words = smaller
    made = replace(found, promise=promise, words=words)

    def still_with(rows: Sequence[str]) -> bool:
        try:
            for statement in (*emptying(found.world), *rows):
                conn.execute(statement.encode())
        except psycopg.Error:
            return False
        return _is_broken(conn, made, promise.query) is not None

    return replace(made, rows=tuple(_smaller(list(found.rows), still_with)))


def script(found: Broken) -> str:
    """Write the statements that show a broken promise: of the schema, those that its query and rows speak of."""
    query = found.promise.query
    wanted = set(_NAME.findall(" ".join((query.replace(" ", ""), query, *found.rows))))
    before = -1
    while before != len(wanted):
        before = len(wanted)
        for each in found.world.statements:
            wanted.update(_NAME.findall(each) if _is_wanted(each, wanted) else ())
    used = [each for each in found.world.statements if _is_wanted(each, wanted)]
    return "\n".join([*used, *found.rows, f"-- {found.words}", f"-- arguments: {list(found.values)}", f"{query};"])


def _is_wanted(statement: str, wanted: set[str]) -> bool:
    """Tell whether a statement makes something wanted, or something for it: a partition goes with its parent."""
    names = _NAME.findall(statement)
    made_for = names if re.search("PARTITION OF|INHERITS", statement) else names[:1]
    return not names or _IS_FIXED.match(statement) is not None or bool(wanted.intersection(made_for))


def _is_broken(conn: Connection[Any], found: Broken, query: str) -> tuple[Promise, str] | None:
    given = range(1, len(found.values) + 1)
    if "$" in query and not all(f"${number}" in query for number in given):
        return None
    values = found.values if "$" in query else ()
    (promise,) = promises(conn, [(query, found.promise.parameters)])
    if isinstance(promise, str):
        return None
    words = broken(promise, run(conn, query, values))
    return (promise, "; ".join(words)) if words else None


def _smaller(items: list[T], still: Callable[[Sequence[T]], bool]) -> list[T]:
    """Leave out runs of items, long ones first, while the rest still does."""
    size = max(1, len(items) // 2)
    while size:
        start, before = 0, len(items)
        while start < len(items):
            fewer = items[:start] + items[start + size :]
            if still(fewer):
                items = fewer
            else:
                start += 1 if size < 12 else size // 2
        size = size if len(items) < before and size < 12 else size // 2 if size > 12 else size - 1
    return items
