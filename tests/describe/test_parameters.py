"""Which parameters a caller must pass, which take None, and why."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from attune_sql.describe.describe import describe
from attune_sql.describe.description import ParameterFact
from tests.describe.making import operation

STORED = "INSERT INTO attune.pack (ref, label, description, version) VALUES ({}, 'l', {}, 'v') RETURNING pack.id"


def fact(conn: psycopg.Connection[Any], body: str, header: str = "some(x)", name: str = "x") -> ParameterFact:
    (found,) = (each for each in describe(conn, operation(body, header)).parameters if each.name == name)
    return found


# The SQL, with > before the use that decides; whether :x takes None; the reason.
USES = [
    # stored
    (STORED.format(">:x", "'d'"), False, "not null: stored in attune.pack.ref, which is NOT NULL"),
    (STORED.format("'r'", ">:x"), True, "nullable: stored in attune.pack.description, which takes NULL"),
    (STORED.format("lower(>:x)", "'d'"), False, "not null: stored in attune.pack.ref, which is NOT NULL"),
    (STORED.format("coalesce(>:x, 'r')", "'d'"), True, "nullable: replaced by COALESCE"),
    (STORED.format("coalesce('r', >:x)", "'d'"), False, "not null: stored in attune.pack.ref, which is NOT NULL"),
    (STORED.format(">:x", ":x"), False, "not null: stored in attune.pack.ref, which is NOT NULL"),
    (STORED.format("(SELECT >:x)", "'d'"), False, "not null: stored in attune.pack.ref, which is NOT NULL"),
    (
        STORED.format("CASE WHEN true THEN >:x ELSE 'r' END", "'d'"),
        False,
        "not null: stored in attune.pack.ref, which is NOT NULL",
    ),
    (
        STORED.format("CASE WHEN >:x::text IS NULL THEN 'r' ELSE :x END", "'d'"),
        True,
        "nullable: tested for NULL",
    ),
    (
        "INSERT INTO attune.pack (ref, label, version) VALUES ('a', 'l', 'v'), (>:x, 'l', 'v')",
        False,
        "not null: stored in attune.pack.ref, which is NOT NULL",
    ),
    (
        "INSERT INTO attune.pack (ref, label, version)\n"
        "SELECT made.ref, 'l', 'v' FROM (SELECT >:x::text AS ref UNION ALL SELECT 'b') AS made",
        False,
        "not null: stored in attune.pack.ref, which is NOT NULL",
    ),
    (
        "WITH made AS (SELECT >:x::text AS d)\nUPDATE attune.pack SET description = made.d FROM made",
        True,
        "nullable: stored in attune.pack.description, which takes NULL",
    ),
    (
        "WITH changed AS (UPDATE attune.pack SET label = >:x RETURNING pack.id)\nSELECT changed.id FROM changed",
        False,
        "not null: stored in attune.pack.label, which is NOT NULL",
    ),
    (
        "INSERT INTO attune.pack (ref, label, version) VALUES ('a', 'l', 'v')\n"
        "ON CONFLICT (ref) DO UPDATE SET label = >:x",
        False,
        "not null: stored in attune.pack.label, which is NOT NULL",
    ),
    (
        "MERGE INTO attune.pack USING (SELECT 'a' AS ref) AS made ON made.ref = pack.ref\n"
        "WHEN MATCHED THEN UPDATE SET label = >:x",
        False,
        "not null: stored in attune.pack.label, which is NOT NULL",
    ),
    # given a meaning
    (
        "SELECT 1 AS one FROM attune.pack WHERE >:x::text IS NULL OR pack.ref = :x",
        True,
        "nullable: tested for NULL",
    ),
    (
        "SELECT 1 AS one FROM attune.pack WHERE nullif(lower(>:x::text), '') IS NULL",
        True,
        "nullable: tested for NULL",
    ),
    (
        "SELECT 1 AS one FROM attune.pack WHERE pack.ref IS NOT DISTINCT FROM >:x",
        True,
        "nullable: tested for NULL",
    ),
    ("SELECT 1 AS one FROM attune.pack LIMIT >:x", True, "nullable: LIMIT NULL is no LIMIT"),
    ("SELECT 1 AS one FROM attune.pack OFFSET >:x::integer", True, "nullable: OFFSET NULL is no OFFSET"),
    ("SELECT greatest(>:x, 1) AS more", True, "nullable: passed over by GREATEST or LEAST"),
    ("SELECT >:x::bigint AS same", True, "nullable: returned as it is"),
    ("SELECT made.x FROM (SELECT >:x::bigint AS x) AS made", True, "nullable: returned as it is"),
    ("SELECT ARRAY[>:x::text] AS list", True, "nullable: an element of an array or row"),
    (
        "SELECT pg_catalog.jsonb_build_object('a', >:x::text) AS made",
        True,
        "nullable: handed to jsonb_build_object, which is called with NULL too",
    ),
    # neither
    (
        "SELECT 1 AS one FROM attune.pack WHERE pack.ref = >:x",
        False,
        "not null: no use of it gives NULL a meaning",
    ),
    (
        "SELECT pg_catalog.upper(>:x) AS loud",
        False,
        "not null: no use of it gives NULL a meaning",
    ),
    (
        "SELECT 1 AS one FROM attune.pack LEFT JOIN attune.action ON action.pack = >:x",
        False,
        "not null: no use of it gives NULL a meaning",
    ),
    (
        "SELECT 1 AS one FROM pg_catalog.unnest(>:x::text[])",
        False,
        "not null: no use of it gives NULL a meaning",
    ),
    (
        "SELECT 1 AS one FROM attune.pack WHERE EXISTS (SELECT >:x::text)",
        False,
        "not null: no use of it gives NULL a meaning",
    ),
    (
        "SELECT 1 AS one FROM (SELECT :x::text AS unused) AS made",
        False,
        "not null: nothing that the query does depends on it",
    ),
]


@pytest.mark.parametrize(("marked", "nullable", "reason"), USES, ids=[each[0] for each in USES])
def test_what_becomes_of_null_decides(conn: psycopg.Connection[Any], marked: str, nullable: bool, reason: str) -> None:
    before, mark, after = marked.partition(">:x")
    found = fact(conn, f"{before}:x{after}" if mark else marked)
    assert (found.nullable, found.reason.text.partition(" at ")[0].partition(";")[0]) == (nullable, reason)
    location = found.reason.location
    assert (location is not None) == bool(mark)
    if location:
        assert (location.line, location.column) == (before.count("\n") + 2, len(before) - before.rfind("\n"))
        assert found.reason.text.endswith(f" at {location.line}:{location.column}")
        assert location.excerpt().endswith(" ^^")


def test_a_domain_that_refuses_null_decides(conn: psycopg.Connection[Any]) -> None:
    conn.execute("CREATE DOMAIN attune.name AS text NOT NULL")
    conn.execute("CREATE TABLE attune.seat (name attune.name, note text)")
    found = fact(conn, "INSERT INTO attune.seat (name) VALUES (:x::attune.name)", "some(x)!")
    assert (found.nullable, found.reason.text) == (False, "not null: the domain attune.name refuses NULL")
    found = fact(conn, "INSERT INTO attune.seat (note) VALUES (:x::text::attune.name)", "some(x)!")
    assert found.reason.text == "not null: cast to a domain that is NOT NULL at 2:40"


def test_an_argument_that_may_be_left_out_is_not_required_and_given_is_filled_by_the_library(
    conn: psycopg.Connection[Any],
) -> None:
    body = (
        "UPDATE attune.pack SET\n"
        "    label = CASE WHEN 'label' = ANY(:given::text[]) THEN :label::text ELSE pack.label END,\n"
        "    description = CASE WHEN 'description' = ANY(:given) THEN :description::text ELSE pack.description END\n"
        "WHERE pack.id = :id"
    )
    found = describe(conn, operation(body, "some(id, given, description, label)!\n-- @optional label, description"))
    assert [(each.name, each.type.name, each.nullable, each.required) for each in found.parameters] == [
        ("id", "bigint", False, True),
        ("given", "text[]", False, False),
        ("description", "text", True, False),
        ("label", "text", False, False),
    ]


def test_places_are_counted_in_characters(conn: psycopg.Connection[Any]) -> None:
    found = fact(conn, "SELECT 'äöü€😀' AS a, :x IS NULL OR :x = 1 AS b, 1 AS one".replace(":x IS", ":x::integer IS"))
    assert found.reason.text == "nullable: tested for NULL at 2:22"
    assert found.reason.location is not None
    assert found.reason.location.excerpt().endswith("^^")
