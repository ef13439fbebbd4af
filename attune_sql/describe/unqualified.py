"""A name that PostgreSQL did not find → what it can mean in some schema, and the query with that in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.describe.refusal import Refusal
from attune_sql.runtime.loader import Queries, load

# A name, also one inside a literal such as nextval('pack_id_seq'), that no further name follows.
_NAME = re.compile(r"""'?(?P<name>[^\W\d][\w$]*|"(?:[^"]|"")+")(?!["\w$]|\s*\.)""")


@dataclass(frozen=True, slots=True)
class Meant:
    """A name with its schema, and the query in which it stands in the place of the bare one."""

    name: str
    sql: str


def meant(conn: Connection[Any], sql: str, refusal: Refusal) -> Iterator[Meant]:
    """Yield what a table, function or type without a schema can mean; nothing for any other refusal of a query."""
    found = _NAME.match(sql, refusal.position - 1) if refusal.position else None
    if found is None:
        return
    start, end = found.span("name")
    for row in _queries().meant_list(conn, sqlstate=refusal.sqlstate, written=found["name"]):
        yield Meant(row.name, f"{sql[:start]}{row.name}{sql[end:]}")


@cache
def _queries() -> Queries:
    return load(Path(__file__).parent / "sql" / "meant_list.sql")
