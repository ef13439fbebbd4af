"""Files and folders that are named and not there, and files whose ending is not in lower case: every command alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from attune_sql.errors import SourceError
from attune_sql.runtime.loader import load
from tests.fix_workplace import SETTINGS, write

FOUND, COULD_NOT_RUN = 1, 2
LIST = "-- name: list(limit)\n-- Lists them.\nSELECT thing.id FROM mine.thing ORDER BY thing.id LIMIT :limit::bigint;\n"
FIND = "-- name: find(id)^\n-- The thing, or no row.\nSELECT thing.id FROM mine.thing WHERE thing.id = :id::bigint;\n"
MIGRATION = "CREATE SCHEMA mine;\nCREATE TABLE mine.thing (id bigint PRIMARY KEY);\n"
SQLFLUFF = (
    "[sqlfluff]\ndialect = postgres\ntemplater = aiosql\nrules = attune\n\n[sqlfluff:rules]\nattune_schema = mine\n"
)

TAKE_FILES = [
    ["check"],
    ["check", "--offline"],
    ["describe"],
    ["prove"],
    ["lint"],
    ["lint", "--fast"],
    ["impact", "--file"],
]
TAKE_QUERIES = [
    ["check"],
    ["describe"],
    ["generate", "--out", "out"],
    ["impact", "SELECT 1"],
    ["prove"],
    ["why", "thing.list.id"],
]
READ_ALL = [["check"], ["describe"], ["prove", "--rounds", "1"], ["lint"], ["lint", "--fast"]]


@pytest.fixture
def service(workplace: Path) -> Path:
    """The working directory of a service with a query, a migration and settings."""
    for name, text in (
        ("sql/thing/list.sql", LIST),
        ("db/0001_create_thing.sql", MIGRATION),
        ("pyproject.toml", SETTINGS),
        (".sqlfluff", SQLFLUFF),
    ):
        write(name, text)
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def words(command: list[str]) -> str:
    return " ".join(command)


@pytest.mark.parametrize("command", TAKE_FILES, ids=words)
@pytest.mark.parametrize("name", ["gone.sql", "gone/deep.sql", "sql/thing/list.sql/x.sql", "\udcff.sql"], ids=ascii)
def test_a_named_file_that_is_not_there_could_not_run(service: Path, command: list[str], name: str) -> None:
    result = run(*command, name)
    assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
    if name.isascii():
        told = f"there is no file or folder {name}\nhelp: check the name, and the folder that you are in\n"
        assert result.stderr == told


def test_a_file_that_is_there_is_no_excuse_for_one_that_is_not(service: Path) -> None:
    for command in (["check", "sql/thing/list.sql"], ["lint", "sql/thing/list.sql"], ["prove", "thing.list"]):
        result = run(*command, "gone.sql")
        assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, ""), command
        assert result.stderr.startswith("there is no file or folder gone.sql\n")


@pytest.mark.parametrize("command", TAKE_QUERIES, ids=words)
@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("--queries", "there is no query folder gone\nhelp: give the path of a folder of .sql files\n"),
        (
            "--migrations",
            "the folder of migrations gone cannot be read: No such file or directory\n"
            "help: name a folder that holds NNNN_verb_object.sql files\n",
        ),
    ],
)
def test_a_folder_that_is_not_there_could_not_run(service: Path, command: list[str], option: str, told: str) -> None:
    result = run(*command, option, "gone")
    assert (result.exit_code, result.stdout, result.stderr) == (COULD_NOT_RUN, "", told)
    assert not Path("out").exists()


@pytest.mark.parametrize("command", READ_ALL, ids=words)
@pytest.mark.parametrize("ending", [".SQL", ".Sql"])
@pytest.mark.parametrize("is_named", [False, True], ids=["in its folder", "named"])
def test_an_ending_that_is_not_in_lower_case_is_found_and_hides_no_other_file(
    service: Path, command: list[str], ending: str, is_named: bool
) -> None:
    write(f"sql/thing/find{ending}", FIND)
    write("sql/thing/unknown.sql", FIND.replace("find", "unknown").replace("mine.thing", "other.thing"))
    result = run(*command, *([f"sql/thing/find{ending}", "sql/thing/unknown.sql"] if is_named else ()))
    assert result.exit_code == FOUND
    told = f"error[files]: the ending {ending} is not in lower case\nhelp: rename it to find.sql: "
    assert f"sql/thing/find{ending}:1:1: {told}" in result.output
    assert "sql/thing/unknown.sql:3" in result.output


def test_why_tells_of_the_files_in_which_an_operation_may_be(service: Path) -> None:
    write("sql/thing/find.SQL", FIND)
    assert run("why", "thing.list.id").exit_code == 0
    result = run("why", "thing.find.id")
    assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
    assert result.stderr.startswith("sql/thing/find.SQL:1:1: error[files]: the ending .SQL is not in lower case\n")
    assert "there is no operation 'thing.find'\nhelp: " in result.stderr


def test_nothing_is_generated_where_a_query_file_would_be_passed_over(service: Path) -> None:
    write("sql/thing/find.SQL", FIND)
    result = run("generate", "--out", "out")
    assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
    assert result.stderr.startswith("sql/thing/find.SQL:1:1: error[files]: the ending .SQL is not in lower case\n")
    assert not Path("out").exists()


@pytest.mark.parametrize("lazy", [False, True])
@pytest.mark.parametrize("name", ["sql/thing/find.SQL", "sql/find.SQL"])
def test_loading_a_folder_passes_over_no_query_file(service: Path, name: str, lazy: bool) -> None:
    write(name, FIND)
    with pytest.raises(SourceError, match=r"find\.SQL:1:1: error\[files\]: the ending \.SQL is not in lower case"):
        _ = load("sql", lazy=lazy).thing.find
    with pytest.raises(SourceError, match=r"query files and migrations end in \.sql"):
        load(name, lazy=lazy)


def test_a_migration_whose_ending_is_not_in_lower_case_is_found(service: Path) -> None:
    write("db/0002_create_other.SQL", "CREATE TABLE mine.other (id bigint PRIMARY KEY);\n")
    for arguments in (["lint"], ["lint", "--fast"], ["lint", "--migrations", "db"]):
        result = run(*arguments)
        assert result.exit_code == FOUND
        assert "db/0002_create_other.SQL:1:1: error[files]: the ending .SQL is not in lower case" in result.output
