"""A migrated database → Definitions: every object of its own, read from PostgreSQL's catalogues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.offline.definitions import SURROUNDINGS, Definitions, Relation
from attune_sql.offline.digest import digest
from attune_sql.runtime.loader import Queries, load


def definitions(conn: Connection[Any]) -> Definitions:
    """Read the definitions of all objects that did not come with PostgreSQL, in a transaction that is rolled back.

    Left out is what no description tells of: the bodies of functions (but for triggers on rows), checks, foreign keys,
    indexes that are not unique, comments, rights. Source: PostgreSQL manual, "System Catalogs".
    """
    with conn.transaction(force_rollback=True):
        # Names are written with their schemas, as the queries must.
        conn.execute("SELECT pg_catalog.set_config('search_path', '', true)")
        relations = {row.oid: row for row in _rows(conn, "relations")}
        types = {row.oid: row for row in _rows(conn, "types")}
        functions, operators = list(_rows(conn, "functions")), list(_rows(conn, "operators"))
        surroundings = _query("surroundings")(conn)
    digests = {SURROUNDINGS: digest(surroundings)}
    digests |= {name: digest(text) for oid in relations for name, text in _of_relation(oid, relations)}
    digests |= {f"type {row.name}": digest(row.definition) for row in types.values()}
    for kind, rows in (("function", functions), ("operator", operators)):
        digests |= {f"{kind} {name}": digest(sorted(texts)) for name, texts in _overloads(rows).items()}
    return Definitions(
        digests,
        {row.name: _relation(row) for row in relations.values()},
        {oid: row.name for oid, row in relations.items()},
        {row.oid: row.name for row in functions},
        {row.oid: row.name for row in operators},
        {oid: tuple(_made_of(oid, types)) for oid in types},
    )


def _relation(row: Any) -> Relation:
    columns = tuple(str(each[0]) for each in row.columns)
    return Relation(row.name, row.schema, row.relation, columns, "\n".join(row.rules))


def _of_relation(oid: int, relations: Mapping[int, Any]) -> Iterator[tuple[str, object]]:
    row = relations[oid]
    # What inherits from a table, partitions too, answers for it: its rows are theirs.
    family = [(each.name, each.definition, each.rules, each.columns) for each in _descendants(oid, relations)]
    yield f"relation {row.name}", (row.definition, row.rules, family)
    yield f"columns {row.name}", row.columns
    for column in row.columns:
        yield f"column {row.name}.{column[0]}", column


def _descendants(oid: int, relations: Mapping[int, Any]) -> Iterator[Any]:
    for child in relations[oid].children:
        if child in relations:
            yield relations[child]
            yield from _descendants(child, relations)


def _made_of(oid: int, types: Mapping[int, Any]) -> Iterator[str]:
    # PostgreSQL lets no type be a part of itself (CheckAttributeType).
    if oid in types:
        yield str(types[oid].name)
        for part in types[oid].parts:
            yield from _made_of(part, types)


def _overloads(rows: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.name].append(str(row.definition))
    return found


def _rows(conn: Connection[Any], name: str) -> Iterator[Any]:
    yield from _query(name)(conn)


def _query(name: str) -> Any:
    return getattr(_queries(name), f"definition_{name}")


@cache
def _queries(name: str) -> Queries:
    return load(Path(__file__).parent / "sql" / f"definition_{name}.sql")
