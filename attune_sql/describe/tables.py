"""Relation oids → Table: what its columns are called, and whether a trigger may keep a row from changing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.runtime.loader import Queries, load


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view; columns are known by their attribute numbers.

    `may_skip_insert` and `may_skip_update` tell that a trigger may let the statement pass without storing the row.
    """

    schema: str
    name: str
    columns: Mapping[int, str]
    may_skip_insert: bool
    may_skip_update: bool


def tables(conn: Connection[Any], oids: Iterable[int]) -> dict[int, Table]:
    """Return the tables and views with these oids, by oid, in one query; an oid that is none is left out."""
    wanted = sorted(set(oids) - {0})
    return {row.oid: _table(row) for row in _queries().table_list(conn, oids=wanted)} if wanted else {}


@cache
def _queries() -> Queries:
    return load(Path(__file__).parent / "sql" / "table_list.sql")


def _table(row: Any) -> Table:
    return Table(
        schema=row.schema,
        name=row.name,
        columns=dict(zip(row.numbers, row.names, strict=True)),
        may_skip_insert=row.may_skip_insert,
        may_skip_update=row.may_skip_update,
    )
