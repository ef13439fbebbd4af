"""What PostgreSQL is asked, and how its refusals are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from attune_sql.errors import AttuneSqlError
from attune_sql.reference.catalogue import ask
from attune_sql.reference.description import Argument, Column, Field
from attune_sql.source.operation import Operation
from attune_sql.source.parse import parse


def operation(text: str, *namespace: str) -> Operation:
    (read,) = parse(text, Path("queries/some.sql"), namespace)
    return read


LABELS = operation(
    "-- name: labels(ref, bare, label, given)\n-- @optional label\n"
    "SELECT label, 1::numeric(5,2) AS weight FROM attune.pack\n"
    "WHERE ref = :ref::text AND id = :bare AND (:label::varchar IS NULL OR 'label' = ANY(:given::text[]));\n",
    "pack",
)


def test_an_operation_has_the_types_of_its_casts_and_of_its_result(conn: psycopg.Connection[Any]) -> None:
    (pack,) = ask(conn, [LABELS])
    (described,) = pack.operations
    assert described.arguments == (
        Argument("ref", "text", optional=False),
        Argument("bare", "bigint", optional=False),
        Argument("label", "varchar", optional=True),
    )
    assert described.fields == (Field("label", "text"), Field("weight", "numeric(5,2)"))


def test_a_table_is_told_with_its_comments_and_defaults(conn: psycopg.Connection[Any]) -> None:
    conn.execute("CREATE TYPE attune.booking_state AS ENUM ('open')")
    conn.execute(
        "CREATE TABLE attune.booking (id bigint GENERATED ALWAYS AS IDENTITY, gone text,"
        " state attune.booking_state NOT NULL DEFAULT 'open', twice bigint GENERATED ALWAYS AS (id * 2) STORED)"
    )
    conn.execute("ALTER TABLE attune.booking DROP COLUMN gone")
    conn.execute("COMMENT ON TABLE attune.booking IS 'A seat.'")
    conn.execute("COMMENT ON COLUMN attune.booking.state IS 'How far it is.'")
    conn.execute("SET LOCAL search_path = attune")
    (booking,) = ask(conn, [operation("-- name: one()$\nSELECT 1 AS one;\n", "booking")])
    assert booking.lifecycle is None
    assert booking.table is not None
    assert booking.table.comment == "A seat."
    assert booking.table.columns == (
        Column("id", "bigint", required=True, filled_by="identity"),
        Column("state", "attune.booking_state", True, "'open'::attune.booking_state", None, "How far it is."),
        Column("twice", "bigint", required=False, filled_by="generated"),
    )


def test_the_lifecycle_is_what_the_database_says_of_all_pairs(conn: psycopg.Connection[Any]) -> None:
    conn.execute(
        "CREATE OR REPLACE FUNCTION attune.execution_may_become("
        "from_status attune.execution_status_enum, to_status attune.execution_status_enum) RETURNS boolean"
        " LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN from_status = 'running' AND to_status <> 'requested'"
    )
    (execution,) = ask(conn, [operation("-- name: one()$\nSELECT 1 AS one;\n", "execution")])
    assert execution.lifecycle is not None
    statuses = execution.lifecycle.statuses
    assert len(statuses) == 10
    assert execution.lifecycle.first == "requested"
    assert execution.lifecycle.changes == tuple(("running", each) for each in statuses if each != "requested")


def test_a_repository_needs_no_table_and_a_script_is_not_prepared(conn: psycopg.Connection[Any]) -> None:
    script = operation("-- name: reset()#\nSELECT 1; SELECT 2;\n", "upkeep")
    (upkeep,) = ask(conn, [script])
    assert upkeep.table is None
    assert (upkeep.operations[0].arguments, upkeep.operations[0].fields) == ((), ())


def test_repositories_and_operations_come_in_alphabetical_order(conn: psycopg.Connection[Any]) -> None:
    made = [operation(f"-- name: {name}()$\nSELECT 1 AS one;\n", room) for room in "ba" for name in ("y", "x")]
    found = ask(conn, made)
    assert [(each.name, [one.operation.name for one in each.operations]) for each in found] == [
        ("a", ["x", "y"]),
        ("b", ["x", "y"]),
    ]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "-- name: labels(id)\nSELECT pack.labl\nFROM attune.pack WHERE pack.id = :id::bigint;\n",
            "queries/some.sql:2:8: error[query]: PostgreSQL rejects pack.labels: column pack.labl does not exist",
            'help: Perhaps you meant to reference the column "pack.label".',
        ),
        (
            "-- name: unqualified(id)\nSELECT :id::bigint AS id\n  FROM pack;\n",
            'queries/some.sql:3:8: error[query]: PostgreSQL rejects pack.unqualified: relation "pack" does not exist',
            "  FROM pack;",
        ),
    ],
)
def test_a_query_that_is_rejected_is_told_with_its_place(
    conn: psycopg.Connection[Any], text: str, place: str, message: str
) -> None:
    with pytest.raises(AttuneSqlError) as raised:
        ask(conn, [operation(text, "pack")])
    assert str(raised.value).startswith(place)
    assert message in str(raised.value)


def test_a_query_outside_a_repository_is_refused(conn: psycopg.Connection[Any]) -> None:
    with pytest.raises(AttuneSqlError, match=r"some\.sql:1:1: error\[reference\]: lost belongs to no repository"):
        ask(conn, [operation("-- name: lost()$\nSELECT 1;\n")])


def test_the_connection_is_left_as_it_was(conn: psycopg.Connection[Any]) -> None:
    conn.autocommit = True
    before = conn.execute("SHOW search_path").fetchone()
    ask(conn, [LABELS])
    assert conn.execute("SHOW search_path").fetchone() == before
