"""check --offline and what is kept, as a user sees it: what is printed, and how the command exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from tests.fix_workplace import SETTINGS, write

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

FIND = "-- name: find(id)^\nSELECT thing.id, thing.label FROM mine.thing WHERE thing.id = :id::bigint;\n"
WRONG = "-- name: wrong()\nSELECT thing.nothing FROM mine.thing;\n"
SCHEMA = "CREATE SCHEMA mine;\nCREATE TABLE mine.thing (id bigint PRIMARY KEY, label text);\n"
KEPT = "sql/.attune/descriptions.json"


@pytest.fixture
def service(workplace: Path) -> Path:
    write("sql/thing/find.sql", FIND)
    write("db/0001_create_thing.sql", SCHEMA)
    write("pyproject.toml", SETTINGS)
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_a_second_check_needs_no_server_and_says_the_same(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("sql/thing/wrong.sql", WRONG)
    for form in ("text", "json", "github", "sarif"):
        fresh = run("check", "--no-cache", "--format", form)
        assert not Path(KEPT).exists()
        first = run("check", "--format", form)
        offline = run("check", "--offline", "--format", form)
        assert fresh.exit_code == first.exit_code == offline.exit_code == 1
        assert fresh.output == first.output == offline.output
        Path(KEPT).unlink()
    run("check")
    # No server answers there, and offline none is asked.
    monkeypatch.setenv("ATTUNE_SQL_DSN", "host=127.0.0.1 port=1 connect_timeout=1")
    assert run("check", "--offline", "--format", "sarif").output == first.output
    assert run("check").exit_code == 2


def test_stale_descriptions_are_named_with_the_reason(service: Path) -> None:
    run("check")
    write("sql/thing/find.sql", FIND.replace("thing.label", "thing.label AS name"))
    write("sql/thing/one.sql", "-- name: one()\nSELECT 1 AS one;\n")
    result = run("check", "--offline")
    assert result.exit_code == 1
    assert result.stderr == ""
    help = "help: run attune-sql check where a PostgreSQL can be started, and commit the descriptions\n"
    assert result.stdout == (
        "sql/thing/find.sql:1:1: error[stale]: thing.find must be described anew: its query has changed\n"
        "1 | -- name: find(id)^\n"
        "  | ^^^^^^^^^^^^^^^^^^\n"
        f"{help}"
        "\n"
        "sql/thing/one.sql:1:1: error[stale]: thing.one must be described anew: it has not been described yet\n"
        "1 | -- name: one()\n"
        "  | ^^^^^^^^^^^^^^\n"
        f"{help}"
        "\n"
        "2 operations in 2 files: 2 errors\n"
    )
    again = run("check", "--verbose")
    assert again.exit_code == 0
    assert again.stderr == (
        "thing.find: described anew: its query has changed\nthing.one: described anew: it has not been described yet\n"
    )
    assert run("check", "--offline").output == again.stdout


def test_migrations_that_are_not_those_of_the_descriptions_are_named(service: Path) -> None:
    run("check")
    write("db/0001_create_thing.sql", SCHEMA.replace("label text", "label text NOT NULL"))
    write("db/0002_add_other.sql", "CREATE TABLE mine.other (id bigint);\n")
    result = run("check", "--offline", "--format", "json")
    assert result.exit_code == 1
    assert [(each["file"], each["message"]) for each in json.loads(result.stdout)["findings"]] == [
        ("db/0001_create_thing.sql", "this migration has changed since the queries were described"),
        ("db/0002_add_other.sql", "this migration is new since the queries were described"),
    ]
    assert "column mine.thing.label has changed" in run("check", "-v").stderr


def test_a_file_that_is_no_file_of_descriptions_is_told_once_and_made_anew(service: Path) -> None:
    write(KEPT, "{}")
    result = run("check", "--offline")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{KEPT} is no file of descriptions: ")
    result = run("check")
    assert result.exit_code == 0
    assert result.stderr.startswith(f"note: {KEPT} is no file of descriptions: ")
    assert run("check").stderr == ""


def test_describe_and_why_go_by_what_is_kept(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("describe", "--format", "json"), run("why", "thing.find.label")
    assert (told[0].exit_code, told[1].exit_code) == (0, 0)
    monkeypatch.delenv("ATTUNE_SQL_DSN")
    monkeypatch.setattr("attune_sql.scratch_server.scratch.scratch", None)
    assert run("describe", "--format", "json").output == told[0].output
    assert run("why", "thing.find.label").output == told[1].output


def test_a_database_as_it_stands_is_described_and_nothing_is_kept_of_it(service: Path, server: ScratchServer) -> None:
    dsn = server.empty()
    with psycopg.connect(dsn) as conn:
        conn.execute("CREATE SCHEMA mine; CREATE TABLE mine.thing (id bigint PRIMARY KEY, label text NOT NULL)")
    (described,) = json.loads(run("describe", "--dsn", dsn, "--format", "json").stdout)
    assert [each["nullable"] for each in described["columns"]] == [False, False]
    (migrated,) = json.loads(run("describe", "--dsn", dsn, "--migrations", "db", "--format", "json").stdout)
    assert [each["nullable"] for each in migrated["columns"]] == [False, True]
    assert not Path(KEPT).exists()


def test_going_by_what_is_kept_imports_no_driver(service: Path) -> None:
    run("check")
    program = (
        "import sys\nfrom attune_sql.cli.main import cli\n"
        "cli.main(['check', '--offline'], standalone_mode=False)\n"
        "print(sorted({'psycopg', 'aiosql'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "1 operation in 1 file: no findings\n[]\n"
