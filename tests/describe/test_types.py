"""Type oids become types, with everything that they are made of."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from attune_sql.describe.description import PgType
from attune_sql.describe.types import types

TEXT = PgType(25, "text", "base", "pg_catalog")
INTEGER = PgType(23, "integer", "base", "pg_catalog")


@pytest.fixture
def made(conn: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A database with a type of every kind, under an empty search path."""
    for statement in (
        "SET LOCAL search_path = ''",
        "CREATE TYPE attune.colour AS ENUM ('red', 'blue')",
        "ALTER TYPE attune.colour ADD VALUE 'green' BEFORE 'blue'",
        "CREATE DOMAIN attune.label AS text",
        "CREATE DOMAIN attune.name AS attune.label NOT NULL",
        "CREATE DOMAIN attune.short_name AS attune.name CHECK (VALUE <> '')",
        "CREATE TYPE attune.spot AS (x integer, gone text, colours attune.colour[])",
        "ALTER TYPE attune.spot DROP ATTRIBUTE gone",
        "CREATE TYPE attune.span AS RANGE (subtype = text)",
        "CREATE TABLE attune.thing (x integer, y text)",
    ):
        conn.execute(statement)
    return conn


def ask(conn: psycopg.Connection[Any], name: str) -> PgType:
    row = conn.execute("SELECT %s::regtype::oid", (name,)).fetchone()
    assert row is not None
    return types(conn, [row[0]])[row[0]]


@pytest.mark.parametrize(
    ("name", "kind", "schema"),
    [
        ("bigint", "base", "pg_catalog"),
        ("character varying", "base", "pg_catalog"),
        ("timestamp with time zone", "base", "pg_catalog"),
        ("void", "base", "pg_catalog"),
        ("int2vector", "base", "pg_catalog"),
        ("json", "json", "pg_catalog"),
        ("jsonb", "json", "pg_catalog"),
        ("jsonb[]", "array", "pg_catalog"),
        ("record[]", "array", "pg_catalog"),
        ("attune.colour", "enum", "attune"),
        ("attune.colour[]", "array", "attune"),
        ("attune.label", "domain", "attune"),
        ("attune.thing", "composite", "attune"),
        ("int4range", "range", "pg_catalog"),
        ("attune.span_multirange", "range", "attune"),
        ("information_schema.cardinal_number", "domain", "information_schema"),
    ],
)
def test_a_type_has_its_qualified_name_and_kind(
    made: psycopg.Connection[Any], name: str, kind: str, schema: str
) -> None:
    found = ask(made, name)
    assert (found.name, found.kind, found.schema) == (name, kind, schema)


def test_labels_stand_in_the_order_of_the_enum(made: psycopg.Connection[Any]) -> None:
    assert ask(made, "attune.colour").labels == ("red", "green", "blue")


def test_an_array_has_its_element(made: psycopg.Connection[Any]) -> None:
    assert ask(made, "text[]").element == TEXT
    assert ask(made, "attune.colour[]").element == ask(made, "attune.colour")
    assert ask(made, "int2vector").element is None


def test_a_domain_has_its_base_and_refuses_null_as_that_does(made: psycopg.Connection[Any]) -> None:
    found = ask(made, "attune.short_name")
    assert found.base == ask(made, "attune.name")
    assert found.base.base == ask(made, "attune.label")
    assert found.base.base.base == TEXT
    assert [each.not_null for each in (found, found.base, found.base.base)] == [True, True, False]


def test_a_composite_has_the_fields_that_were_not_dropped(made: psycopg.Connection[Any]) -> None:
    assert ask(made, "attune.spot").fields == (("x", INTEGER), ("colours", ask(made, "attune.colour[]")))
    assert ask(made, "attune.thing").fields == (("x", INTEGER), ("y", TEXT))


def test_a_range_has_its_subtype_and_a_multirange_its_range(made: psycopg.Connection[Any]) -> None:
    assert ask(made, "attune.span").element == TEXT
    assert ask(made, "attune.span_multirange").element == ask(made, "attune.span")


def test_an_oid_of_no_type_is_left_out(made: psycopg.Connection[Any]) -> None:
    assert types(made, [0, 25]) == {25: TEXT}
    assert types(made, []) == {}
