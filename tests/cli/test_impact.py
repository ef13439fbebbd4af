"""The command impact: what a change of the schema does to the queries, and how the command exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from tests.fix_workplace import SETTINGS, write

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

FIND = "-- name: find(ref)^\nSELECT thing.id, thing.label FROM mine.thing WHERE thing.ref = :ref::text;\n"
STATES = "-- name: states()\nSELECT thing.state FROM mine.thing;\n"
LATER = "-- name: later()\nSELECT thing.colour FROM mine.thing;\n"
SCHEMA = """CREATE SCHEMA mine;
CREATE TYPE mine.state AS ENUM ('new', 'done');
CREATE TABLE mine.thing (id bigint PRIMARY KEY, ref text NOT NULL, label text, state mine.state NOT NULL);
CREATE UNIQUE INDEX thing_ref ON mine.thing (ref);
"""


@pytest.fixture
def service(workplace: Path) -> Path:
    for name, text in (
        ("sql/thing/find.sql", FIND),
        ("sql/thing/states.sql", STATES),
        ("db/0001_create_thing.sql", SCHEMA),
        ("pyproject.toml", SETTINGS),
    ):
        write(name, text)
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["impact", *arguments])


def test_what_breaks_is_shown_at_its_place_with_the_words_of_the_server(service: Path) -> None:
    result = run("ALTER TABLE mine.thing DROP COLUMN label")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "sql/thing/find.sql:2:18: error[42703]: PostgreSQL rejects thing.find: column thing.label does not exist\n"
        "2 | SELECT thing.id, thing.label FROM mine.thing WHERE thing.ref = :ref::text;\n"
        "  |                  ^^^^^^^^^^^\n"
        "\n"
        "2 operations, 1 dependent on what changes: 1 broken\n"
    )


def test_what_changes_is_shown_with_the_lines_of_the_stubs(service: Path) -> None:
    result = run("ALTER TABLE mine.thing ALTER COLUMN label SET NOT NULL")
    assert result.exit_code == 1
    assert (
        "sql/thing/find.sql:1: thing.find changes\n  column label: text, nullable → text, not null\n" in result.stdout
    )
    assert "-     label: str | None\n+     label: str\n" in result.stdout
    assert result.stdout.endswith("2 operations, 1 dependent on what changes: 1 changed\n")


CHANGES = {
    "a type": (
        "ALTER TABLE mine.thing ALTER COLUMN id TYPE integer",
        [("column id", "bigint, not null", "integer, not null")],
    ),
    "rows": (
        "DROP INDEX mine.thing_ref",
        [("rows", "at most one: a unique key of mine.thing is fixed", "many: no unique key of mine.thing is fixed; ")],
    ),
    "labels": (
        "ALTER TYPE mine.state ADD VALUE 'failed'",
        [("type mine.state", "labels new, done", "labels new, done, failed")],
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_each_kind_of_difference_is_told(case: str, service: Path) -> None:
    statement, differences = CHANGES[case]
    result = run(statement, "--format", "json")
    assert result.exit_code == 1
    (affected,) = json.loads(result.stdout)["affected"]
    assert affected["effect"] == "changes"
    found = [(each["what"], each["before"], each["after"]) for each in affected["changes"]]
    for one, (what, before, after) in zip(found, differences, strict=True):
        assert one[:2] == (what, before)
        assert one[2].startswith(after)


def test_what_a_change_mends_is_told(service: Path) -> None:
    (service / "sql/thing/later.sql").write_text(LATER)
    result = run("ALTER TABLE mine.thing ADD COLUMN colour text", "--format", "json")
    assert result.exit_code == 1
    (affected,) = json.loads(result.stdout)["affected"]
    assert (affected["operation"], affected["effect"]) == ("thing.later", "mends")


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine.other (id bigint)", "COMMENT ON TABLE mine.thing IS 'x'", "SELECT 1"]
)
def test_a_change_that_no_query_sees_affects_none(statement: str, service: Path) -> None:
    result = run(statement)
    assert (result.exit_code, result.stdout) == (0, "2 operations, 0 dependent on what changes: none is affected\n")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE mine.none DROP COLUMN x", "statement:1:1: error[42P01]: PostgreSQL refuses the change: relation"),
        (
            "ALTER TABLE mine.thing DROPP COLUMN x",
            "statement:1:24: error[42601]: PostgreSQL refuses the change",
        ),
        ("ALTER TABLE thing ADD x int", "statement:1:1: error[42P01]"),
        ("", "the migration holds no statement"),
        ("COMMIT; CREATE ROLE somebody", "COMMIT ends the transaction"),
        ("CREATE INDEX CONCURRENTLY i ON mine.thing (label)", "help: leave out CONCURRENTLY"),
        ("CREATE DATABASE another", "cannot run inside a transaction block"),
        ("SELECT 'x", "the string that begins here never ends"),
    ],
)
def test_what_cannot_be_applied_exits_with_2(statement: str, said: str, service: Path) -> None:
    result = run(statement)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gone.sql", "there is no file or folder gone.sql\nhelp: "),
        ("sql", "sql cannot be read: Is a directory\nhelp: "),
    ],
)
def test_a_file_that_cannot_be_read_exits_with_2(path: str, said: str, service: Path) -> None:
    result = run("--file", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)


def test_a_file_of_statements_is_taken_and_its_places_are_told(service: Path) -> None:
    (service / "0002_drop.sql").write_text(
        "ALTER TABLE mine.thing DROP COLUMN label;\nALTER TABLE mine.thing DROP x y;\n"
    )
    result = run("--file", "0002_drop.sql")
    assert result.exit_code == 2
    assert result.stderr.startswith("0002_drop.sql:2:31: error[42601]")
    (service / "0002_drop.sql").write_text("-- Both.\nALTER TABLE mine.thing DROP label;\nDROP INDEX mine.thing_ref;\n")
    assert run("--file", "0002_drop.sql").stdout.endswith("2 operations, 2 dependent on what changes: 1 broken\n")
    assert run("--file", "none.sql").exit_code == 2


@pytest.mark.parametrize("arguments", [(), ("SELECT 1", "--file", "x.sql")])
def test_a_statement_or_a_file_is_needed_and_not_both(arguments: tuple[str, ...], service: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "give a statement, or --file" in result.stderr


def test_nothing_of_the_change_stays_on_the_server(service: Path, server: ScratchServer) -> None:
    run("CREATE ROLE attune_impact_role; CREATE TABLE mine.other (id bigint)")
    with psycopg.connect(server.dsn) as conn:
        rows = conn.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'attune_impact_role'").fetchall()
    assert rows == []
