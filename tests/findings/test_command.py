"""The command check: what it takes, what it prints, how it exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from attune_sql.bundled import folder
from attune_sql.cli.main import cli
from attune_sql.findings.finding import Finding
from attune_sql.findings.survey import survey
from tests.fix_workplace import SETTINGS, write

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

GOOD = "-- name: find(id)^\n-- Returns it.\nSELECT thing.id FROM mine.thing WHERE thing.id = :id::bigint;\n"
BAD = "-- name: find(id)^\nSELECT thing.idd\nFROM mine.thing WHERE thing.id = :id::bigint;\n"
WRONG_MARK = "-- name: remove(id)^\nDELETE FROM mine.thing WHERE thing.id = :id::bigint;\n"
MIGRATION = "CREATE SCHEMA mine;\nCREATE TABLE mine.thing (id bigint PRIMARY KEY);\n"


@pytest.fixture
def service(workplace: Path) -> Path:
    """The working directory of a service with a query, a migration and settings of its own."""
    write("sql/thing/find.sql", GOOD)
    write("db/0001_create_thing.sql", MIGRATION)
    write("pyproject.toml", SETTINGS)
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments])


def test_a_service_of_its_own_is_checked_as_its_settings_say(service: Path) -> None:
    result = run()
    assert (result.exit_code, result.output) == (0, "1 operation in 1 file: no findings\n")


def test_findings_of_all_files_are_printed_with_their_places(service: Path) -> None:
    write("sql/thing/find.sql", BAD)
    write("sql/thing/remove.sql", WRONG_MARK)
    write("sql/thing/sum.sql", "SELECT 1;\n")
    result = run()
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout == (
        "sql/thing/find.sql:2:8: error[rejected]: PostgreSQL rejects thing.find: column thing.idd does not exist\n"
        "2 | SELECT thing.idd\n"
        "  |        ^^^^^^^^^\n"
        'help: Perhaps you meant to reference the column "thing.id".\n'
        "\n"
        "sql/thing/remove.sql:1:20: error[operator-shape]: thing.remove: `^` returns a row, and the query returns no "
        "columns\n"
        "1 | -- name: remove(id)^\n"
        "  |                    ^\n"
        "help: use ! for a count, or return columns with RETURNING\n"
        "\n"
        "sql/thing/sum.sql:1:1: error[header]: SQL stands before the first name line\n"
        "1 | SELECT 1;\n"
        "  | ^^^^^^\n"
        "help: begin the query with `-- name: operation(parameters)`\n"
        "\n"
        "2 operations in 3 files: 3 errors\n"
    )


def test_a_name_that_only_lacks_its_schema_is_told_with_it(service: Path) -> None:
    write("sql/thing/find.sql", GOOD.replace("mine.thing", "thing"))
    told = (
        'sql/thing/find.sql:3:22: error[rejected]: PostgreSQL rejects thing.find: relation "thing" does not exist\n'
        "3 | SELECT thing.id FROM thing WHERE thing.id = :id::bigint;\n"
        "  |                      ^^^^^\n"
        "help: write mine.thing\n"
    )
    # The second time from what was kept of the first.
    for _ in range(2):
        assert run().output == f"{told}\n1 operation in 1 file: 1 error\n"


def test_only_the_named_files_are_checked_and_keep_their_namespace(service: Path) -> None:
    write("sql/thing/remove.sql", WRONG_MARK)
    write("elsewhere.sql", BAD)
    assert run("sql/thing/find.sql").output == "1 operation in 1 file: no findings\n"
    result = run("--format", "json", "sql/thing/remove.sql", "elsewhere.sql")
    found = [(each["file"], each["rule"]) for each in json.loads(result.stdout)["findings"]]
    assert found == [("elsewhere.sql", "rejected"), ("sql/thing/remove.sql", "operator-shape")]
    assert result.exit_code == 1


def test_a_setting_silences_a_rule_and_options_win_over_settings(service: Path) -> None:
    write("sql/thing/remove.sql", WRONG_MARK)
    write("pyproject.toml", "[tool.attune_sql]\nqueries='sql'\nmigrations='db'\nignore = ['operator-shape']\n")
    assert run().exit_code == 0
    write("pyproject.toml", "[tool.attune_sql]\nqueries='none'\nmigrations='none'\n")
    assert run("--queries", "sql/thing", "--migrations", "db").exit_code == 1


def test_a_query_whose_row_class_was_not_generated_anew_is_a_finding(service: Path) -> None:
    write("pyproject.toml", "[tool.attune_sql]\nqueries = 'sql'\nmigrations = 'db'\nout = 'types'\n")
    assert run().exit_code == 0
    assert CliRunner().invoke(cli, ["generate"]).exit_code == 0
    assert run().exit_code == 0
    write("sql/thing/find.sql", GOOD.replace("SELECT thing.id", "SELECT thing.id AS number"))
    result = run()
    assert result.exit_code == 1
    assert "error[row-class]: thing.find: no generated row class has its columns: number\n" in result.stdout
    write("types/rows.py", "class :\n")
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("types/rows.py:1:1: error[files]: the row classes cannot be read")


def test_a_database_as_it_stands_is_asked_and_left_as_it_was(service: Path, empty_dsn: str) -> None:
    with psycopg.connect(empty_dsn) as conn:
        conn.execute("CREATE SCHEMA mine; CREATE TABLE mine.thing (id bigint PRIMARY KEY)")
    write("sql/thing/add.sql", "-- name: add()!\nINSERT INTO mine.thing (id) VALUES (1);\n")
    assert run("--dsn", empty_dsn).output == "2 operations in 2 files: no findings\n"
    with psycopg.connect(empty_dsn) as conn:
        assert conn.execute("SELECT count(*) FROM mine.thing").fetchone() == (0,)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize(("query", "code"), [(GOOD, 0), (BAD, 1)], ids=["clean", "findings"])
def test_the_exit_code_is_the_same_in_every_form(service: Path, form: str, query: str, code: int) -> None:
    write("sql/thing/find.sql", query)
    assert run("--format", form).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--queries", "none"), "there is no query folder none"),
        (("--queries", "db/empty"), "no .sql file in db/empty"),
        (("--migrations", "none"), "none"),
        (("--dsn", "host=127.0.0.1 port=1 dbname=x connect_timeout=1"), "the database cannot be used"),
        (("--dsn", "host=127.0.0.1 port=1 connect_timeout=1", "--migrations", "db"), "cannot be reached"),
        (("--offline", "--no-cache"), "--offline goes by what is kept"),
        (("--offline",), "there are no descriptions beside the queries: sql/.attune/descriptions.json"),
        (("--format", "xml"), "'xml' is not one of"),
    ],
)
def test_a_check_that_cannot_run_exits_with_2_and_prints_no_result(
    service: Path, arguments: tuple[str, ...], said: str
) -> None:
    Path("db/empty").mkdir()
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_server_that_dies_half_way_leaves_no_result(
    service: Path, server: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(conn: psycopg.Connection[Any], *rest: Any) -> list[Finding]:
        with psycopg.connect(server.dsn) as other:
            other.execute("SELECT pg_terminate_backend(%s, 10000)", [conn.info.backend_pid])
        return survey(conn, *rest)

    monkeypatch.setattr("attune_sql.findings.survey.survey", dying)
    result = run("--no-cache")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the database cannot be used" in result.stderr


def test_a_broken_setting_or_migration_exits_with_2(service: Path) -> None:
    write("db/0001_create_thing.sql", "CREATE TABL;\n")
    assert run().exit_code == 2
    write("pyproject.toml", "[tool.attune_sql]\nquerys = 'sql'\n")
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("pyproject.toml:2:1: error[config]: there is no setting 'querys'\n")


def test_a_large_file_and_a_query_that_would_run_for_ever_are_checked_without_running(service: Path) -> None:
    padding = "".join(f"    /* {number:060} */\n" for number in range(16_000))
    write("sql/thing/large.sql", f"-- name: large()\nSELECT 1 AS one\n{padding};\n")
    write("sql/thing/endless.sql", "-- name: endless()\nSELECT pg_catalog.pg_sleep(1000000)::text AS nothing;\n")
    result = run()
    assert "rejected" not in result.stdout
    assert "3 operations in 3 files" in result.stdout


def test_the_bundled_queries_are_clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: ScratchServer) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTUNE_SQL_DSN", server.dsn)
    result = run("--no-cache")
    count = len(list(folder("queries").rglob("*.sql")))
    assert result.exit_code == 0, result.output
    assert f"{count} operations in {count} files: " in result.output
