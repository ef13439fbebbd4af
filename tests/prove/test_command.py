"""The command prove: what it takes, what it prints, how it exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from attune_sql.bundled import folder
from attune_sql.cli.main import cli
from tests.fix_workplace import SETTINGS, write

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

TRUE = "-- name: find(id)^\n-- Returns it.\nSELECT thing.label FROM mine.thing WHERE thing.id = :id::bigint;\n"
LIE = "-- name: list()\n-- Lists them.\n-- @not_null label\nSELECT thing.label FROM mine.thing;\n"
MIGRATION = "CREATE SCHEMA mine;\nCREATE TABLE mine.thing (id bigint PRIMARY KEY, label text);\n"


@pytest.fixture
def service(workplace: Path) -> Path:
    """The working directory of a service with a query, a migration and settings of its own."""
    write("sql/thing/find.sql", TRUE)
    write("db/0001_create_thing.sql", MIGRATION)
    write("pyproject.toml", SETTINGS)
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["prove", *arguments])


def test_true_promises_exit_with_0_and_a_line_that_says_how_much_was_tried(service: Path) -> None:
    result = run("--rounds", "4")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 operation, 1 exercised; ")
    assert result.stdout.endswith("; seed 0, 4 rounds: no counter-example\n")


def test_a_lie_exits_with_1_and_prints_a_script(service: Path) -> None:
    write("sql/thing/list.sql", LIE)
    result = run()
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith(
        "sql/thing/list.sql:3:14: error[null-in-not-null]: thing.list: label is NULL in row 1, and must not be\n"
        "3 | -- @not_null label\n"
        "  |              ^^^^^\n"
        "help: not null: the header says so at 3:14\n"
        "\n"
        "-- thing.list: label is NULL in row 1, and must not be\n"
        "BEGIN;\n"
        "INSERT INTO mine.thing (id) VALUES ("
    )
    assert (
        "PREPARE counter_example AS\nSELECT thing.label FROM mine.thing\n;\nEXECUTE counter_example;" in result.stdout
    )


def test_json_has_every_operation_and_every_script(service: Path) -> None:
    write("sql/thing/list.sql", LIE)
    write("sql/thing/show.sql", "-- name: show()\nSHOW work_mem;\n")
    result = run("--format", "json", "--seed", "7")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["proved"], found["seed"]) == (1, False, 7)
    told = {each["operation"]: (each["exercised"], each["not_run"]) for each in found["operations"]}
    assert told == {
        "thing.find": (True, None),
        "thing.list": (True, None),
        "thing.show": (False, "SHOW is not a query"),
    }
    (example,) = found["counter_examples"]
    assert (example["file"], example["line"], example["column"]) == ("sql/thing/list.sql", 3, 14)
    assert example["script"].startswith("-- thing.list: label is NULL")


def test_files_operations_and_repositories_can_be_named(service: Path) -> None:
    write("sql/thing/list.sql", LIE)
    for arguments in (("thing.find",), ("sql/thing/find.sql",), ("thing.find", "sql/thing/find.sql")):
        assert "\n1 operation, " in run("--rounds", "1", *arguments).stdout, arguments
    for arguments in (("thing",), ("thing.find", "sql/thing/list.sql"), ("sql",), ("thing.find", "thing.list")):
        assert "\n2 operations, " in run("--rounds", "1", *arguments).stdout, arguments


def test_a_file_that_is_rejected_or_unreadable_exits_with_1_and_the_others_are_proved(service: Path) -> None:
    write("sql/thing/bad.sql", "-- name: bad()\nSELECT thing.idd FROM mine.thing;\n")
    write("sql/thing/worse.sql", "SELECT 1;\n")
    result = run("--rounds", "1")
    assert result.exit_code == 1
    assert "\n1 operation, " in result.stdout
    assert "sql/thing/bad.sql:2:8: error[42703]" in result.stderr
    assert "sql/thing/worse.sql:1:1: error[header]" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("thing.fnd",), "there is no operation or repository 'thing.fnd'\nhelp: did you mean thing.find?"),
        (("--queries", "none"), "there is no query folder none"),
        (("--migrations", "none"), "none"),
        (("--dsn", "host=127.0.0.1 port=1 dbname=x connect_timeout=1"), "cannot be reached"),
        (("--rounds", "0"), "0 is not in the range"),
        (("--format", "xml"), "'xml' is not one of"),
    ],
)
def test_what_cannot_run_exits_with_2_and_prints_no_result(
    service: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_the_bundled_queries_keep_their_promises_and_most_are_exercised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: ScratchServer
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTUNE_SQL_DSN", server.dsn)
    monkeypatch.setattr("attune_sql.prove.prove.STATEMENT_TIMEOUT", "200ms")
    result = run("--format", "json", "--rounds", "5")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["counter_examples"], found["unfilled"]) == (0, [], {})
    count = len(list(folder("queries").rglob("*.sql")))
    assert len(found["operations"]) == count
    assert sum(each["exercised"] for each in found["operations"]) > 0.8 * count
