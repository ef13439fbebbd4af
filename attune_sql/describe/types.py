"""Type oids → PgType, from pg_type, pg_enum, pg_range and pg_attribute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.describe.description import Kind, PgType
from attune_sql.runtime.loader import Queries, load

# By pg_type.typtype; arrays and json are told apart from other base types by what they hold.
# Source: PostgreSQL manual, "pg_type".
_KINDS: dict[str, Kind] = {"e": "enum", "d": "domain", "c": "composite", "r": "range", "m": "range"}
_JSON = frozenset({"json", "jsonb"})


def types(conn: Connection[Any], oids: Iterable[int]) -> dict[int, PgType]:
    """Return the types with these oids, by oid, in one query; names are written under the connection's search path.

    Types that the asked ones are made of are in it as well. An oid that is no type's is left out.
    """
    rows = {row.oid: row for row in _queries().type_list(conn, oids=sorted(set(oids)))}
    made: dict[int, PgType] = {}
    for oid in rows:
        _make(oid, rows, made)
    return made


@cache
def _queries() -> Queries:
    return load(Path(__file__).parent / "sql" / "type_list.sql")


def _make(oid: int, rows: Mapping[int, Any], made: dict[int, PgType]) -> PgType:
    """Make a type after those that it is made of; PostgreSQL lets none be a part of itself (CheckAttributeType)."""
    if oid in made:
        return made[oid]
    row = rows[oid]
    base = _make(row.base_oid, rows, made) if row.base_oid else None
    made[oid] = PgType(
        oid=oid,
        name=row.name,
        kind=_kind(row),
        schema=row.schema,
        labels=tuple(row.labels),
        element=_make(row.element_oid, rows, made) if row.element_oid else None,
        base=base,
        fields=tuple(
            (name, _make(field, rows, made)) for name, field in zip(row.field_names, row.field_oids, strict=True)
        ),
        not_null=row.not_null or (base is not None and base.not_null),
    )
    return made[oid]


def _kind(row: Any) -> Kind:
    if row.type in _KINDS:
        return _KINDS[row.type]
    if row.element_oid:
        return "array"
    return "json" if row.schema == "pg_catalog" and row.name in _JSON else "base"
