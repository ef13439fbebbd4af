"""What PREPARE tells of an operation, and how a refusal reaches its author."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from attune_sql.describe.describe import describe
from attune_sql.describe.prepare import RawColumn, empty_search_path, prepare, preparing
from attune_sql.describe.rejection import RejectedError
from tests.describe.making import operation


@pytest.fixture
def ready(conn: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A connection on which operations can be prepared."""
    conn.execute(
        'CREATE SCHEMA "other one";'
        'CREATE FUNCTION "other one".owned_by(bigint) RETURNS bigint LANGUAGE sql RETURN $1;'
        "CREATE FUNCTION attune.owned_by(bigint) RETURNS bigint LANGUAGE sql RETURN $1"
    )
    with empty_search_path(conn), preparing(conn):
        yield conn


def test_parameters_and_columns_have_oids_and_a_stored_column_its_origin(ready: psycopg.Connection[Any]) -> None:
    found = prepare(
        ready,
        operation("SELECT pack.ref, pack.id + 1 AS more FROM attune.pack\nWHERE pack.id = :id AND :on", "some(on, id)"),
    )
    assert found.parameter_oids == (20, 16)
    ref, more = found.columns
    assert (ref.name, ref.type_oid, ref.number) == ("ref", 25, 2)
    assert ref.table_oid > 0
    assert more == RawColumn("more", 20, 0, 0)


def test_a_name_has_its_characters_as_they_are(ready: psycopg.Connection[Any]) -> None:
    assert prepare(ready, operation("SELECT 1 AS größe")).columns[0].name == "größe"


NO_SUCH_FUNCTION = (
    "help: No function matches the given name and argument types. You might need to add explicit type casts."
)
REFUSED = [
    (
        "SELECT 'ä' || pack.labl\nFROM attune.pack",
        "some()",
        "2:15: error[42703]: PostgreSQL rejects made.some: column pack.labl does not exist",
        "              ^^^^^^^^^",
        'help: Perhaps you meant to reference the column "pack.label".',
    ),
    (
        "SELECT :x::text\n  FROM pack",
        "some(x)",
        '3:8: error[42P01]: PostgreSQL rejects made.some: relation "pack" does not exist',
        "       ^^^^",
        "help: write attune.pack",
    ),
    (
        "UPDATE Execution SET worker = NULL WHERE execution.id = :id::bigint",
        "some(id)!",
        '2:8: error[42P01]: PostgreSQL rejects made.some: relation "execution" does not exist',
        "       ^^^^^^^^^",
        "help: write attune.execution",
    ),
    (
        "SELECT 1 AS one FROM ä.pack",
        "some()",
        '2:22: error[42P01]: PostgreSQL rejects made.some: relation "ä.pack" does not exist',
        None,
        None,
    ),
    (
        "SELECT execution.id FROM attune.pack",
        "some()",
        '2:8: error[42P01]: PostgreSQL rejects made.some: missing FROM-clause entry for table "execution"',
        None,
        None,
    ),
    (
        "SELECT pack.id FROM attune.pack FOR UPDATE OF execution",
        "some()",
        '2:47: error[42P01]: PostgreSQL rejects made.some: relation "execution" in FOR UPDATE clause not found in'
        " FROM clause",
        None,
        None,
    ),
    (
        "SELECT pg_catalog.nextval('Pack_id_seq') AS next",
        "some()",
        '2:27: error[42P01]: PostgreSQL rejects made.some: relation "pack_id_seq" does not exist',
        None,
        "help: write attune.pack_id_seq",
    ),
    (
        'SELECT ARRAY[:status::"execution_status_enum"] AS statuses',
        "some(status)",
        '2:23: error[42704]: PostgreSQL rejects made.some: type "execution_status_enum" does not exist',
        None,
        "help: write attune.execution_status_enum",
    ),
    (
        "SELECT owned_by(:id::bigint) AS owner",
        "some(id)",
        "2:8: error[42883]: PostgreSQL rejects made.some: function owned_by(bigint) does not exist",
        None,
        'help: write "other one".owned_by or attune.owned_by',
    ),
    (
        "SELECT owned_by(:name::text) AS owner",
        "some(name)",
        "2:8: error[42883]: PostgreSQL rejects made.some: function owned_by(text) does not exist",
        None,
        NO_SUCH_FUNCTION,
    ),
    (
        "SELECT execution.id FROM attune.execution WHERE execution.status = 'runing'",
        "some()",
        "2:68: error[22P02]: PostgreSQL rejects made.some: invalid input value for enum"
        ' attune.execution_status_enum: "runing"',
        "^^^^^^^^",
        None,
    ),
    (
        "SELECT :x::text\nFROM )",
        "some(x)",
        '3:6: error[42601]: PostgreSQL rejects made.some: syntax error at or near ")"',
        "     ^",
        None,
    ),
    (
        "SELECT 1; SELEC 2;",
        "some()#",
        '2:11: error[42601]: PostgreSQL rejects made.some: syntax error at or near "SELEC"',
        "          ^^^^^",
        None,
    ),
    (
        "SELECT 'a\0b'",
        "some()",
        "2:10: error[22021]: PostgreSQL rejects made.some: a NUL character stands in the query",
        None,
        "help: remove it",
    ),
    (
        "SELECT 1 AS one\nWHERE :ref IS NULL OR EXISTS (SELECT 1 FROM attune.pack WHERE pack.ref = :ref)",
        "some(ref)",
        "3:7: error[42P08]: PostgreSQL rejects made.some: could not determine data type of parameter :ref",
        "      ^^^^",
        "help: write :ref::text, as it is text at 3:74",
    ),
    (
        "SELECT 1 AS one FROM attune.execution\n"
        "WHERE (:since IS NULL OR execution.created > :since)\nAND (:status IS NULL OR execution.status = :status)",
        "some(since, status)",
        "3:8: error[42P08]: PostgreSQL rejects made.some: could not determine data type of parameter :since",
        "       ^^^^^^",
        "help: write :since::timestamp with time zone, as it is timestamp with time zone at 3:46",
    ),
    (
        "UPDATE attune.pack SET label = :x,\nis_standard = :x",
        "some(x)!",
        "2:32: error[42P08]: PostgreSQL rejects made.some: inconsistent types deduced for parameter :x",
        None,
        "help: :x is text at 2:32 and boolean at 3:15: cast each use to the type that you mean",
    ),
    (
        "SELECT pg_catalog.jsonb_build_object('a', :value)",
        "some(value)",
        "2:43: error[42P18]: PostgreSQL rejects made.some: could not determine data type of parameter :value",
        "                                          ^^^^^^",
        "help: no use of :value tells its type: write the one that you mean, as in :value::text",
    ),
    (
        "SELECT :a IS NULL, :b::text, :b::text",
        "some(a, b)",
        "2:8: error[42P18]: PostgreSQL rejects made.some: could not determine data type of parameter :a",
        "       ^^",
        "help: no use of :a tells its type: write the one that you mean, as in :a::text",
    ),
]


@pytest.mark.parametrize(
    ("body", "header", "message", "underline", "help"),
    REFUSED,
    ids=[each[2].partition(": PostgreSQL")[0] for each in REFUSED],
)
def test_a_refusal_is_told_at_its_place_with_sqlstate_and_help(
    ready: psycopg.Connection[Any], body: str, header: str, message: str, underline: str | None, help: str | None
) -> None:
    with pytest.raises(RejectedError) as caught:
        prepare(ready, operation(body, header))
    lines = caught.value.report().splitlines()
    assert lines[0] == f"queries/made/some.sql:{message}"
    assert [line for line in lines if line.startswith("help:")] == ([help] if help else [])
    if underline:
        assert lines[2].endswith(f"| {underline}") or lines[2].endswith(f" {underline}")
    # The transaction goes on: the next operation is prepared as if nothing had been.
    assert prepare(ready, operation("SELECT 1 AS one")).columns[0].name == "one"


def test_a_script_of_several_statements_has_nothing_to_describe(conn: psycopg.Connection[Any]) -> None:
    found = describe(conn, operation("SELECT 1; SELECT 2;", "some()#"))
    assert (found.parameters, found.columns, found.cardinality) == ((), (), "none")


def test_describing_leaves_the_transaction_and_its_settings_alone(conn: psycopg.Connection[Any]) -> None:
    conn.execute("SET LOCAL search_path = attune")
    conn.execute("CREATE TABLE attune.seat (id bigint)")
    with pytest.raises(RejectedError):
        describe(conn, operation("SELECT id FROM seat"))
    assert describe(conn, operation("SELECT seat.id FROM attune.seat")).columns[0].origin == ("attune", "seat", "id")
    settings = "search_path", "debug_print_rewritten", "client_min_messages"
    rows = [conn.execute("SELECT pg_catalog.current_setting(%s)", (each,)).fetchone() for each in settings]
    assert rows == [("attune",), ("off",), ("notice",)]
    assert conn.execute("SELECT count(*) FROM seat").fetchone() == (0,)


def test_nothing_is_executed(conn: psycopg.Connection[Any]) -> None:
    describe(conn, operation("SELECT pg_catalog.pg_sleep(3600), 1 / 0 AS never"))
    describe(conn, operation("DELETE FROM attune.pack", "some()!"))
