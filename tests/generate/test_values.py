"""Expressions of every kind of type: what the stub says, and what really arrives, synchronously and asynchronously."""

from __future__ import annotations

import asyncio
import datetime
import decimal
import ipaddress
import uuid
from collections import deque, namedtuple
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.pq import Format
from psycopg.types.enum import EnumInfo, register_enum
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

import attune_sql
import attune_sql.aio
from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.describe.types import types
from attune_sql.generate.names import Imports
from attune_sql.generate.shapes import Shapes, shapes
from attune_sql.generate.types import Types
from attune_sql.runtime.loader import load
from attune_sql.runtime.rows import KnownRows
from attune_sql.source.tree import read_tree

MADE = """
CREATE TYPE attune.mood AS ENUM ('glad', 'so "so"', 'a,b', 'NULL');
CREATE TYPE attune.seat AS (place int, name text);
CREATE TYPE attune.moods AS RANGE (subtype = attune.mood);
CREATE DOMAIN attune.positive AS int CHECK (value > 0);
CREATE DOMAIN attune.positives AS int[];
CREATE DOMAIN attune.document AS jsonb;
"""

VALUES = {
    "1::bigint": ("int", 1),
    "1.5::float8": ("float", 1.5),
    "1.5::numeric": ("decimal.Decimal", decimal.Decimal("1.5")),
    "true": ("bool", True),
    "'a'::text": ("str", "a"),
    "'a'::name": ("str", "a"),
    "'a'::\"char\"": ("str", "a"),
    "'\\x00'::bytea": ("bytes", b"\x00"),
    "'2026-01-14'::date": ("datetime.date", datetime.date(2026, 1, 14)),
    "'10:00'::time": ("datetime.time", datetime.time(10)),
    "'1 day'::interval": ("datetime.timedelta", datetime.timedelta(days=1)),
    "'2026-01-14 10:00'::timestamp": ("datetime.datetime", datetime.datetime(2026, 1, 14, 10)),
    "'10000000-0000-0000-0000-000000000000'::uuid": ("uuid.UUID", uuid.UUID(int=1 << 124)),
    "'::1'::inet": ("ipaddress.IPv6Address", ipaddress.IPv6Address("::1")),
    "'10.0.0.1/8'::inet": ("ipaddress.IPv4Interface", ipaddress.IPv4Interface("10.0.0.1/8")),
    "'10.0.0.0/8'::cidr": ("ipaddress.IPv4Network", ipaddress.IPv4Network("10.0.0.0/8")),
    "'a b'::tsvector": ("str", "'a' 'b'"),
    "'(1,2)'::point": ("str", "(1,2)"),
    "'1'::money": ("str", "$1.00"),
    "pg_catalog.pg_sleep(0)": ("str", ""),
    "row(1, 'x')": ("tuple[Any, ...]", ("1", "x")),
    "'{\"a\": 1}'::jsonb": ("JSON", {"a": 1}),
    "'[1]'::attune.document": ("JSON", [1]),
    "ARRAY['1', 'null']::jsonb[]": ("list[JSON]", [1, None]),
    "ARRAY[1, 2]": ("list[int]", [1, 2]),
    "ARRAY['a']": ("list[str]", ["a"]),
    "ARRAY['$1'::money]": ("list[str]", ["$1.00"]),
    "ARRAY['a', 'b']::name[]": ("list[str]", ["a", "b"]),
    "int4range(1, 2)": ("Range[int]", Range(1, 2)),
    "ARRAY[int4range(1, 2)]": ("list[Range[int]]", [Range(1, 2)]),
    "int4multirange(int4range(1, 2))": ("Multirange[int]", Multirange([Range(1, 2)])),
    "'glad'::attune.mood": ("Mood", "glad"),
    "ARRAY['glad', 'so \"so\"', 'a,b', 'NULL']::attune.mood[]": ("list[Mood]", ["glad", 'so "so"', "a,b", "NULL"]),
    "ARRAY[ARRAY['glad'], ARRAY['a,b']]::attune.mood[]": ("list[Mood]", [["glad"], ["a,b"]]),
    "ARRAY[]::attune.mood[]": ("list[Mood]", []),
    "1::attune.positive": ("int", 1),
    "ARRAY[1, 2]::attune.positive[]": ("list[int]", [1, 2]),
    "ARRAY[1, 2]::attune.positives": ("list[int]", [1, 2]),
    "ARRAY['[1]', '{}']::attune.document[]": ("list[JSON]", [[1], {}]),
    "row(1, 'x, y')::attune.seat": ("str", '(1,"x, y")'),
    "ARRAY[row(1, 'x, y')::attune.seat]": ("list[str]", ['(1,"x, y")']),
    "attune.moods('glad', 'a,b')": ("str", '[glad,"a,b")'),
    "ARRAY[attune.moods('glad', 'a,b')]": ("list[str]", ['[glad,"a,b")']),
    "ARRAY['1:1:'::pg_catalog.pg_snapshot]": ("list[str]", ["1:1:"]),
}


@pytest.fixture(scope="module")
def made(server: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, list[Description]]:
    """A database with types of its own, a folder with each expression as a value and as a row, and what they are."""
    dsn, folder = server.clone(), tmp_path_factory.mktemp("values")
    for number, expression in enumerate(VALUES):
        (folder / f"v{number}.sql").write_text(f"-- name: v{number}()$\nSELECT {expression} AS x;\n")
        (folder / f"r{number}.sql").write_text(f"-- name: r{number}()^\nSELECT {expression} AS x, 1 AS one;\n")
    with attune_sql.connect(dsn, autocommit=True) as conn:
        conn.execute(MADE)
        described = describe_all(conn, read_tree(folder))
    return dsn, folder, [each for each in described if isinstance(each, Description)]


def known(made: Shapes) -> KnownRows:
    """Know what a generated package would."""
    classes = {key: namedtuple(row.name, key[1]) for key, row in made.rows.items()}
    return KnownRows(classes, made.arrays)


def test_the_stub_says_what_arrives(made: tuple[str, Path, list[Description]]) -> None:
    dsn, folder, described = made
    names = shapes(described)
    queries = load(folder, rows=lambda: known(names))
    spell = Types(Imports(()), {key: name for key, (name, _) in names.enums.items()})
    found = {each.operation.name: each for each in described}
    with attune_sql.connect(dsn) as conn:
        for number, (expression, (text, value)) in enumerate(VALUES.items()):
            told = spell.result((found[f"v{number}"].columns[0].type,), (), nullable=False)
            assert text in told.split(" | "), expression
            arrived = getattr(queries, f"v{number}")(conn)
            assert (arrived, type(arrived)) == (value, type(value)), expression
            row = getattr(queries, f"r{number}")(conn)
            assert (row.x, row.one) == (value, 1), expression


async def arrived_at(dsn: str, queries: Any, *names: str) -> list[Any]:
    async with await attune_sql.aio.connect(dsn) as conn:
        return [await getattr(queries, name)(conn) for name in names]


def test_asynchronous_arrays_are_lists_too(made: tuple[str, Path, list[Description]]) -> None:
    dsn, folder, described = made
    number = list(VALUES).index("ARRAY[1, 2]::attune.positive[]")
    queries = load(folder, aio=True, rows=lambda: known(shapes(described)))
    value, row = asyncio.run(arrived_at(dsn, queries, f"v{number}", f"r{number}"))
    assert (value, row.x) == ([1, 2], [1, 2])


def test_null_and_an_array_that_the_connection_reads_itself_stay_as_they_are(
    made: tuple[str, Path, list[Description]], tmp_path: Path
) -> None:
    (tmp_path / "x.sql").write_text("-- name: x()$\nSELECT ARRAY['glad']::attune.mood[] AS x;\n")
    (tmp_path / "y.sql").write_text("-- name: y()$\nSELECT NULL::attune.mood[] AS x;\n")
    queries = load(tmp_path, rows=lambda: KnownRows({}, {"x": {"x": 25}, "y": {"x": 25}}))
    with attune_sql.connect(made[0]) as conn:
        info = EnumInfo.fetch(conn, "attune.mood")
        assert info is not None
        register_enum(info, conn)
        assert info.enum is not None
        assert queries.x(conn) == [info.enum["glad"]]
        assert queries.y(conn) is None


@pytest.mark.parametrize("value", [[1, 2], (1, 2), range(1, 3), deque([1, 2])], ids=repr)
def test_any_sequence_is_an_array(conn: psycopg.Connection[Any], tmp_path: Path, value: Any) -> None:
    (tmp_path / "x.sql").write_text("-- name: x(ids)$\nSELECT :ids::bigint[] AS x;\n")
    assert load(tmp_path).x(conn, ids=value) == [1, 2]


@pytest.mark.parametrize("value", ["{1,2}", b"12", {1, 2}, 1], ids=repr)
def test_what_is_no_sequence_is_refused_as_an_array(conn: psycopg.Connection[Any], tmp_path: Path, value: Any) -> None:
    (tmp_path / "x.sql").write_text("-- name: x(ids)$\nSELECT :ids::bigint[] AS x;\n")
    with pytest.raises(TypeError, match=f"argument 'ids': a list is wanted, not {type(value).__name__} "):
        load(tmp_path).x(conn, ids=value)


PYTHON = {
    "BoolLoader": "bool", "ByteaLoader": "bytes", "TextLoader": "str", "IntLoader": "int", "FloatLoader": "float",
    "JsonLoader": "JSON", "JsonbLoader": "JSON", "NumericLoader": "decimal.Decimal", "UUIDLoader": "uuid.UUID",
    "DateLoader": "datetime.date", "TimeLoader": "datetime.time", "TimetzLoader": "datetime.time",
    "TimestampLoader": "datetime.datetime", "TimestamptzLoader": "datetime.datetime",
    "IntervalLoader": "datetime.timedelta", "RecordLoader": "tuple[Any, ...]",
    "RecordArrayLoader": "list[tuple[Any, ...]]",
}  # fmt: skip


def test_every_type_of_postgresql_is_spelled_as_psycopg_loads_it(conn: psycopg.Connection[Any]) -> None:
    oids = [
        row[0]
        for row in conn.execute(
            "SELECT oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typrelid = 0"
            " AND typtype IN ('b', 'r', 'm') OR oid IN ('record'::regtype, 'record[]'::regtype)"
        )
    ]
    spell = Types(Imports(()), {})
    for oid, type in types(conn, oids).items():
        if type.kind == "composite" or (type.element and type.element.kind == "composite"):
            continue
        told = spell.result((type,), (), nullable=False)
        loader = psycopg.adapters.get_loader(oid, Format.TEXT)
        name = loader.__name__ if loader else "TextLoader"
        if name in PYTHON:
            expected = "list[str]" if type.kind == "array" and loader is None else PYTHON[name]
            assert told == expected, type.name
        else:
            kind = {"array": "list[", "range": "Multirange[" if "multi" in type.name else "Range["}.get(type.kind, "ip")
            assert told.startswith(kind), type.name
