"""The commands describe and why: what they print, and how they exit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from tests.fix_workplace import write

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

FIND = (
    "-- name: find_by_id(id, label)^\n-- Returns the seat.\n-- @optional label\n"
    "SELECT\n    seat.id,\n    seat.label,\n    desk.place\nFROM attune.seat\n"
    "LEFT JOIN attune.desk ON desk.id = seat.id\n"
    "WHERE seat.id = :id::bigint AND (:label::text IS NULL OR seat.label = :label);\n"
)
DELETE = "-- name: delete(id)!\n-- Deletes the seat.\nDELETE FROM attune.seat WHERE seat.id = :id;\n"
SCHEMA = (
    "CREATE TABLE attune.seat (id bigint PRIMARY KEY, label text);\n"
    "CREATE TABLE attune.desk (id bigint PRIMARY KEY, place text NOT NULL);\n"
)


@pytest.fixture
def service(workplace: Path) -> Path:
    """A working directory with queries and migrations of its own."""
    for name, text in (
        ("queries/seat/find_by_id.sql", FIND),
        ("queries/seat/delete.sql", DELETE),
        ("migrations/0001_create_seat.sql", SCHEMA),
    ):
        write(name, text)
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--queries", "queries", "--migrations", "migrations"])


def test_describe_prints_the_facts_of_every_operation_in_order(service: Path) -> None:
    result = run("describe")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "seat.delete!  queries/seat/delete.sql:1\n"
        "  rows: none: no columns\n"
        "  parameters:\n"
        "    id  bigint  not null  required  no use of it gives NULL a meaning; the first at 3:41\n"
        "\n"
        "seat.find_by_id^  queries/seat/find_by_id.sql:1\n"
        "  rows: at most one: a unique key of attune.seat and of attune.desk is fixed\n"
        "  parameters:\n"
        "    id     bigint  not null  required  no use of it gives NULL a meaning; the first at 10:17\n"
        "    label  text    nullable  optional  tested for NULL at 10:34\n"
        "  columns:\n"
        "    id     bigint  not null  the WHERE clause lets no NULL through at 10:7\n"
        "    label  text    nullable  column attune.seat.label has no NOT NULL constraint at 6:5\n"
        "    place  text    nullable  desk is on the right side of a LEFT JOIN at 9:1\n"
    )


def test_describe_as_json_has_the_fields_that_other_programs_read(service: Path) -> None:
    result = run("describe", "queries/seat/find_by_id.sql", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    (found,) = json.loads(result.stdout)
    reasons = [column.pop("reason") for column in found["columns"]]
    assert found == {
        "operation": "seat.find_by_id",
        "file": "queries/seat/find_by_id.sql",
        "operator": "^",
        "params": [
            {"name": "id", "type": "bigint", "nullable": False, "required": True},
            {"name": "label", "type": "text", "nullable": True, "required": False},
        ],
        "columns": [
            {"name": "id", "type": "bigint", "nullable": False},
            {"name": "label", "type": "text", "nullable": True},
            {"name": "place", "type": "text", "nullable": True},
        ],
    }
    assert reasons[2] == "nullable: desk is on the right side of a LEFT JOIN at 9:1"


def test_describe_tells_what_it_cannot_and_exits_1(service: Path) -> None:
    (service / "queries/seat/wrong.sql").write_text("-- name: wrong()\nSELECT seat.lable FROM attune.seat;\n")
    (service / "queries/seat/bad.sql").write_text("SELECT 1;\n")
    result = run("describe", "--format", "json")
    assert result.exit_code == 1
    assert [each["operation"] for each in json.loads(result.stdout)] == ["seat.delete", "seat.find_by_id"]
    assert result.stderr == (
        "queries/seat/bad.sql:1:1: error[header]: SQL stands before the first name line\n"
        "1 | SELECT 1;\n  | ^^^^^^\nhelp: begin the query with `-- name: operation(parameters)`\n"
        "queries/seat/wrong.sql:2:8: error[42703]: PostgreSQL rejects seat.wrong: column seat.lable does not exist\n"
        "2 | SELECT seat.lable FROM attune.seat;\n  |        ^^^^^^^^^^\n"
        'help: Perhaps you meant to reference the column "seat.label".\n'
    )


def test_describe_prints_nothing_but_errors_when_nothing_can_be_described(service: Path) -> None:
    write("queries/seat/wrong.sql", "-- name: wrong()\nSELECT seat.lable FROM attune.seat;\n")
    result = run("describe", "queries/seat/wrong.sql")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("queries/seat/wrong.sql:2:8: error[42703]: ")
    assert run("describe", "queries/seat/wrong.sql", "--format", "json").stdout == "[]\n"


def test_why_explains_a_column_with_the_span_that_decides(service: Path) -> None:
    result = run("why", "seat.find_by_id.place")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "seat.find_by_id.place: text, nullable\n"
        "queries/seat/find_by_id.sql:9:1: desk is on the right side of a LEFT JOIN at 9:1\n"
        "9 | LEFT JOIN attune.desk ON desk.id = seat.id\n"
        "  | ^^^^\n"
    )


def test_why_explains_a_parameter_too(service: Path) -> None:
    result = run("why", "seat.delete.id")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "seat.delete.id: parameter, bigint, not null")


@pytest.mark.parametrize(
    ("name", "message", "help"),
    [
        ("seat.find_by_i.place", "there is no operation 'seat.find_by_i'", "did you mean seat.find_by_id?"),
        ("seat.find_by_id.plaze", "seat.find_by_id has no column or parameter 'plaze'", "did you mean place?"),
        ("seat.delete.q", "seat.delete has no column or parameter 'q'", "it has: id"),
        ("seat.find_by_id", "seat.find_by_id is an operation, not a column", "add a column: seat.find_by_id.…"),
        ("nothing", "'nothing' names no column", "write it as repository.operation.column"),
    ],
)
def test_why_suggests_the_nearest_of_an_unknown_name(service: Path, name: str, message: str, help: str) -> None:
    result = run("why", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr.splitlines()[0]
    assert result.stderr.splitlines()[-1] == f"help: {help}"


def test_an_existing_server_lends_a_scratch_database_and_keeps_its_own_as_they_are(
    service: Path, server: ScratchServer, clone_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATTUNE_SQL_DSN")
    before = _databases(clone_dsn)
    result = run("describe", "--dsn", clone_dsn)
    # The tables are those of the migrations of the call: the database of the DSN has none such.
    assert (result.exit_code, result.stderr) == (0, "")
    assert _databases(clone_dsn) == before


def _databases(dsn: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as conn:
        return conn.execute("SELECT datname FROM pg_catalog.pg_database ORDER BY datname").fetchall()


def test_a_server_that_cannot_be_reached_is_told_in_words(service: Path) -> None:
    result = run("describe", "--dsn", "host=127.0.0.1 port=1 connect_timeout=1")
    assert result.exit_code == 2
    assert "cannot be reached" in result.stderr
