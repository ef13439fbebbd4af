"""Whole descriptions: columns with their origins and reasons, several operations at once, and every bundled one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg

from attune_sql.bundled import folder
from attune_sql.describe.describe import describe, describe_all
from attune_sql.describe.description import Description
from attune_sql.describe.rejection import RejectedError
from attune_sql.source.operation import Operator
from attune_sql.source.parse import parse
from attune_sql.source.tree import read_tree
from tests.describe.making import operation


def test_a_column_has_its_type_origin_and_reason(conn: psycopg.Connection[Any]) -> None:
    found = describe(
        conn,
        operation(
            "SELECT execution.status, enforcement.rule_ref, 1 + 1 AS two\nFROM attune.execution\n"
            "LEFT JOIN attune.enforcement ON enforcement.id = execution.enforcement"
        ),
    )
    assert [(each.name, each.type.name, each.nullable, each.origin) for each in found.columns] == [
        ("status", "attune.execution_status_enum", False, ("attune", "execution", "status")),
        ("rule_ref", "text", True, ("attune", "enforcement", "rule_ref")),
        ("two", "integer", False, None),
    ]
    status, rule_ref, _ = found.columns
    assert status.reason.text == "not null: column attune.execution.status is NOT NULL at 2:8"
    assert rule_ref.reason.text.endswith("LEFT JOIN at 4:1")
    assert rule_ref.reason.location is not None
    assert rule_ref.reason.location.excerpt().splitlines()[1].endswith("| ^^^^")


def test_a_command_whose_tree_tells_nothing_has_nullable_columns(conn: psycopg.Connection[Any]) -> None:
    (found,) = describe(conn, operation("SHOW search_path")).columns
    assert (found.nullable, found.reason.text) == (True, "nullable: nothing is known of the result")
    assert found.reason.unknown


def test_nullable_for_a_cause_is_told_from_nullable_because_nobody_can_tell(conn: psycopg.Connection[Any]) -> None:
    conn.execute("CREATE TYPE attune.pair AS (a integer)")
    conn.execute("CREATE FUNCTION attune.some() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    texts = (
        "SELECT NULL::text AS x",
        "SELECT attune.some() AS x",
        "SELECT (made).a AS x FROM (SELECT $$(1)$$::attune.pair AS made) AS m",
    )
    found = [describe(conn, operation(text)).columns[0] for text in texts]
    assert [(each.nullable, each.reason.unknown) for each in found] == [(True, False), (True, True), (True, True)]


def test_of_a_query_that_is_too_deep_to_read_nothing_is_claimed(conn: psycopg.Connection[Any]) -> None:
    deep = " + ".join(["1"] * 900)
    found = describe(conn, operation(f"SELECT {deep} AS sum, 1 AS one WHERE 1 = :x", "some(x)"))
    assert [each.nullable for each in found.columns] == [True, True]
    assert (found.parameters[0].nullable, found.cardinality) == (True, "many")


def test_a_command_that_holds_a_query_is_prepared_but_not_judged(conn: psycopg.Connection[Any]) -> None:
    (found,) = describe(conn, operation("CREATE TABLE attune.made AS SELECT :x::text AS x", "some(x)!")).parameters
    assert (found.type.name, found.reason.text) == ("text", "nullable: nothing is known of its uses")


def test_a_refusal_stands_in_the_place_of_its_description(conn: psycopg.Connection[Any]) -> None:
    texts = "SELECT 1 AS one", "SELECT nothing", "SELECT :x IS NULL", "SELECT 2 AS two"
    made = [operation(text, "some(x)" if ":x" in text else "some()") for text in texts]
    found = describe_all(conn, made)
    assert [type(each) for each in found] == [Description, RejectedError, RejectedError, Description]
    assert [each.operation for each in found] == made
    assert describe_all(conn, []) == []


def test_every_bundled_operation_is_described(conn: psycopg.Connection[Any]) -> None:
    operations = read_tree(folder("queries"))
    found = describe_all(conn, operations)
    assert [str(each) for each in found if not isinstance(each, Description)] == []
    assert len(found) == len(operations) >= 285
    described = [each for each in found if isinstance(each, Description)]
    # What is called a row or a value can be proved to be one.
    claimed = (Operator.ROW, Operator.VALUE)
    unproved = [each for each in described if each.operation.operator in claimed and each.cardinality == "many"]
    assert [f"{each.operation.full_name}: {each.cardinality_reason.text}" for each in unproved] == []
    for each in described:
        assert [one.name for one in each.parameters] == [one.name for one in each.operation.parameters]
        reasons = [one.reason for one in each.parameters] + [one.reason for one in each.columns]
        assert all(reason.text.startswith(("nullable: ", "not null: ")) for reason in reasons)


def test_the_header_has_the_last_word_on_a_column_and_the_analysis_is_kept(conn: psycopg.Connection[Any]) -> None:
    text = "-- name: x()\n-- @not_null description\n-- @nullable id\nSELECT pack.id, pack.description FROM attune.pack;"
    (made,) = parse(text, Path("x.sql"))
    found = {each.name: each for each in describe(conn, made).columns}
    said = {name: (each.nullable, each.reason.text) for name, each in found.items()}
    assert said == {
        "description": (False, "not null: the header says so at 2:14"),
        "id": (True, "nullable: the header says so at 3:14"),
    }
    analysed = {name: each.overridden and each.overridden.nullable for name, each in found.items()}
    assert analysed == {"description": True, "id": False}
