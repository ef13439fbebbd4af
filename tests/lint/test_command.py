"""The command lint: what it takes, what it prints and writes, how it exits."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from tests.fix_workplace import write

GOOD = """\
-- name: find(id)^
-- The thing with this id, or no row.
SELECT thing.id
FROM mine.thing
WHERE thing.id = :id::bigint;
"""
BAD = GOOD.replace("FROM mine.thing", "FROM thing")
MIGRATION = "CREATE SCHEMA mine;\n\nCREATE TABLE mine.thing (id bigint PRIMARY KEY);\n"
CONFIG = "[sqlfluff]\ndialect = postgres\ntemplater = aiosql\n\n[sqlfluff:rules]\nattune_schema = mine\n"
FOUND = """\
queries/thing/find.sql:4:6: error[AT01]: the table thing has no schema
4 | FROM thing
  |      ^^^^^
help: write mine.thing

1 operation in 2 files: 1 error
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a project with a query, a migration and a schema of its own."""
    monkeypatch.chdir(tmp_path)
    write("queries/thing/find.sql", GOOD)
    write("migrations/0001_create_thing.sql", MIGRATION)
    write(".sqlfluff", CONFIG)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["lint", *arguments])


@pytest.mark.parametrize("options", [[], ["--fast"]])
def test_a_clean_project_is_said_so(project: Path, options: list[str]) -> None:
    result = run(*options)
    assert (result.exit_code, result.output) == (0, "1 operation in 2 files: no findings\n")


def test_a_missing_prefix_is_found_at_its_place_with_what_to_do(project: Path) -> None:
    write("queries/thing/find.sql", BAD)
    result = run("--fast")
    assert (result.exit_code, result.output) == (1, FOUND)


def test_a_wrong_header_is_found_at_its_place_with_what_to_do(project: Path) -> None:
    write("queries/thing/find.sql", GOOD.replace("(id)^", "(id)?"))
    said = "queries/thing/find.sql:1:1: error[AT07]: This name line cannot be read"
    help = "write it as `-- name: operation(first, second)^` with one of the operators ^ $ ! <! *! # or none"
    told = f"{said}.\n1 | -- name: find(id)?\n  | ^^^^^^^^^^^^^^^^^^\nhelp: {help}\n"
    assert run("--fast").output.startswith(told)
    assert f"{said}: {help}.\n" in run().output


def test_sqlfluff_finds_it_at_the_same_place(project: Path) -> None:
    write("queries/thing/find.sql", BAD)
    result = run()
    assert result.exit_code == 1
    assert result.output.startswith("queries/thing/find.sql:4:6: error[AT01]: thing lacks the schema")


@pytest.mark.parametrize("options", [[], ["--fast"]])
def test_fix_writes_what_is_safe_and_reports_the_rest(project: Path, options: list[str]) -> None:
    write("queries/thing/find.sql", BAD.replace("SELECT thing.id", "SELECT *"))
    result = run("--fix", *options)
    assert result.exit_code == 1
    assert Path("queries/thing/find.sql").read_text() == GOOD.replace("SELECT thing.id", "SELECT *")
    assert result.stderr == "mended 1 file\n"
    assert "error[AT05]" in result.stdout
    assert "AT01" not in result.stdout
    assert sorted(each.name for each in Path("queries/thing").iterdir()) == ["find.sql"]


def test_fix_keeps_line_ends_and_mode(project: Path) -> None:
    path = Path("queries/thing/find.sql")
    path.write_bytes(b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert run("--fast", "--fix").exit_code == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_migration_is_linted_by_squawk_and_by_the_rules_of_bodies(project: Path) -> None:
    write("migrations/0002_x.sql", "DO $$ BEGIN PERFORM 1 FROM thing; END $$;\nTRUNCATE mine.thing CASCADE;\n")
    result = run("--migrations")
    assert result.exit_code == 1
    assert "migrations/0002_x.sql:1:28: error[MG04]: the table thing has no schema" in result.output
    assert re.search(r"migrations/0002_x.sql:2:\d+: warning\[ban-truncate-cascade\]", result.output)


def test_only_what_changed_since_the_branch_point(project: Path) -> None:
    write("queries/thing/find.sql", BAD)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        git(*command)
    assert run("--fast", "--changed").output == "0 operations in 0 files: no findings\n"
    write("queries/thing/find_new.sql", BAD.replace("find(", "find_new("))
    result = run("--fast", "--changed")
    assert result.exit_code == 1
    assert "queries/thing/find_new.sql:4:6" in result.output
    assert "1 operation in 1 file: 1 error" in result.output
    git("checkout", "-q", "-b", "work")
    git("add", "-A")
    git("commit", "-q", "-m", "y")
    assert run("--fast", "--changed").output == result.output


def git(*arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_a_rule_can_be_left_out_and_a_line_silenced_for_both_engines(project: Path) -> None:
    write("queries/thing/find.sql", BAD.replace("FROM thing", "FROM thing -- noqa: AT01"))
    assert run("--fast").exit_code == 0
    write("queries/thing/find.sql", BAD)
    write(".sqlfluff", CONFIG.replace("[sqlfluff]", "[sqlfluff]\nexclude_rules = AT01", 1))
    assert run("--fast").exit_code == 0
    assert run().exit_code == 0


def test_every_format_has_the_finding(project: Path) -> None:
    write("queries/thing/find.sql", BAD)
    told = json.loads(run("--fast", "--format", "json").output)
    assert [(each["rule"], each["line"], each["column"]) for each in told["findings"]] == [("AT01", 4, 6)]
    assert run("--fast", "--format", "github").output.startswith("::error file=queries/thing/find.sql,line=4,col=6")
    (sarif,) = json.loads(run("--fast", "--format", "sarif").output)["runs"]
    assert sarif["results"][0]["ruleId"] == "AT01"
    assert "AT01" in [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]


def test_a_file_that_is_not_utf8_is_a_finding_and_hides_no_other(project: Path) -> None:
    write("queries/thing/find.sql", BAD)
    Path("queries/thing/other.sql").write_bytes(b"-- \xff\n")
    result = run("--fast")
    assert result.exit_code == 1
    assert "queries/thing/other.sql:1:1: error[files]: the file is not UTF-8" in result.output
    assert "error[AT01]" in result.output


@pytest.mark.parametrize("options", [[], ["--fast"], ["--migrations"]], ids=str)
def test_a_migration_that_is_not_utf8_is_a_finding_and_hides_no_other(project: Path, options: list[str]) -> None:
    write("migrations/0002_x.sql", b"-- \xff\n")
    write("migrations/0003_x.sql", "DO $$ BEGIN PERFORM 1 FROM thing; END $$;\n")
    result = run(*options)
    assert result.exit_code == 1
    assert result.output.count("migrations/0002_x.sql:1:1: error[files]: the file is not UTF-8") == 1
    assert "migrations/0003_x.sql:1:28: error[MG04]" in result.output
    assert "in 4 files: 2 errors" in result.output


def test_a_migration_that_is_not_utf8_is_found_with_those_beside_it(project: Path) -> None:
    write("migrations/0002_x.sql", b"-- \xff\n")
    result = run("migrations/0001_create_thing.sql")
    assert result.exit_code == 1
    assert "migrations/0002_x.sql:1:1: error[files]: the file is not UTF-8" in result.output


def test_sql_that_postgresql_cannot_parse_is_a_finding_at_its_place(project: Path) -> None:
    write("queries/thing/find.sql", GOOD.replace("WHERE", "WHERRE é"))
    result = run("--fast")
    assert result.exit_code == 1
    assert "queries/thing/find.sql:5:8: error[PRS]: syntax error" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no file or folder nowhere"),
        (["--changed", "queries"], "--changed needs a git checkout"),
        (["--fast", "elsewhere/one.sql"], "elsewhere/.sqlfluff:1:1: error[config]: a setting stands before the first"),
    ],
)
def test_a_lint_that_cannot_run_exits_2(project: Path, arguments: list[str], message: str) -> None:
    write("elsewhere/.sqlfluff", "attune_schema = mine\n")
    write("elsewhere/one.sql", GOOD)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CONFIG.replace("postgres", "postgrez"), "sqlfluff cannot run: Unknown dialect\nhelp: correct .sqlfluff"),
        ("nothing\n" + CONFIG, ".sqlfluff:1:1: error[config]: a setting stands before the first section"),
    ],
)
def test_a_configuration_that_cannot_be_used_exits_2(project: Path, text: str, message: str) -> None:
    write(".sqlfluff", text)
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize("setting", ["queries", "migrations"])
def test_a_folder_that_a_setting_names_must_be_there(project: Path, setting: str) -> None:
    write("pyproject.toml", f"[tool.attune_sql]\n{setting} = 'gone'\n")
    result = run("--fast")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("there is no folder gone, which [tool.attune_sql] names\nhelp: ")


@pytest.mark.parametrize("options", [[], ["--fast"]])
def test_a_link_to_nowhere_is_not_passed_over(project: Path, options: list[str]) -> None:
    Path("queries/thing/link.sql").symlink_to("gone.sql")
    result = run(*options)
    assert result.exit_code == 1
    assert "queries/thing/link.sql:1:1: error[files]: the file cannot be read: No such file" in result.stdout


def test_without_folders_something_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "there is no folder queries and migrations" in result.stderr


def test_a_large_file_is_not_passed_over(project: Path) -> None:
    write(".sqlfluff", CONFIG.replace("[sqlfluff]", "[sqlfluff]\nlarge_file_skip_byte_limit = 100", 1))
    write("queries/thing/find.sql", "/* " + "x" * 200 + " */\n" + BAD)
    write("queries/thing/find.sql", BAD.replace("FROM thing", "FROM thing /* " + "x" * 200 + " */"))
    assert "error[AT01]" in run().output
