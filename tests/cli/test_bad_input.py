"""What a user may get wrong, given to every command that reads queries: told in words, and nothing half-written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from tests.cli.dying import DyingServer
from tests.fix_workplace import write

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

FOUND, COULD_NOT_RUN = 1, 2
COMMANDS = {
    "check": ("check",),
    "describe": ("describe",),
    "generate": ("generate", "--out", "out"),
    "prove": ("prove", "--rounds", "1"),
}
GOOD = "-- name: list()\n-- Lists them.\nSELECT thing.id FROM mine.thing;\n"
MIGRATION = "CREATE SCHEMA mine;\nCREATE TABLE mine.thing (id bigint PRIMARY KEY);\n"
LONG = "-- name: long()\nSELECT nope, '{}';\n"
MEGABYTE = "x" * 1_000_000


@pytest.fixture
def service(workplace: Path) -> Path:
    """The working directory of a service with a good query, a migration and settings."""
    write("sql/thing/list.sql", GOOD)
    write("db/0001_create_thing.sql", MIGRATION)
    return workplace


def run(command: str, *arguments: str, queries: str = "sql") -> Result:
    return CliRunner().invoke(cli, [*COMMANDS[command], "--queries", queries, "--migrations", "db", *arguments])


def written() -> list[str]:
    """Name what was written, beside what descriptions are kept in."""
    return sorted(str(each) for each in Path("out").rglob("*"))


BAD_FILES: dict[str, tuple[str | bytes, str, str]] = {
    "a syntax error": ("-- name: bad1()\nSELEC 1;\n", "{file}:2:1: error", 'syntax error at or near "SELEC"'),
    "an unknown column": (
        "-- name: bad2()\nSELECT thing.nope FROM mine.thing;\n",
        "{file}:2:8: error",
        "column thing.nope does not exist",
    ),
    "an empty file": ("", "{file}:1:1: error[header]", "the file holds no query"),
    "a file of comments": ("-- later\n", "{file}:1:1: error[header]", "the file holds no query"),
    "two queries under one name": (
        "-- name: bad3()\nSELECT 1 AS a; SELECT 2 AS b;\n",
        "{file}:2:16: error[one-statement]",
        "a second statement stands under one name line",
    ),
    "two queries of one name": (
        "-- name: worse()\nSELECT 1 AS a;\n-- name: worse()\nSELECT 2 AS b;\n",
        "{file}:3:1: error[files]",
        "the name 'thing.worse' is used twice, first at {file}:1",
    ),
    "no UTF-8": (
        b"-- name: bad4()\nSELECT '\xff';\n",
        "{file}:1:1: error[files]",
        "the file is not UTF-8: invalid start byte at byte 24",
    ),
    "a NUL": (
        "-- name: bad5()\nSELECT 1 AS a\0;\n",
        "{file}:2:14: error",
        "a NUL character stands in the query",
    ),
    "an unterminated text": (
        "-- name: bad6()\nSELECT 'and so on;\n",
        "{file}:2:8: error[unterminated]",
        "",
    ),
    "a megabyte in a line": (LONG.format(MEGABYTE), "{file}:2:8: error", 'column "nope" does not exist'),
    "a megabyte that is no query": (
        MEGABYTE,
        "{file}:1:1: error[header]",
        "before the first name line",
    ),
}


def assert_is_told(name: str, file: str, result: Result) -> None:
    _, place, said = BAD_FILES[name]
    assert place.format(file=file) in result.output, name
    assert said.format(file=file) in result.output, name
    assert_is_no_traceback(result)


@pytest.mark.parametrize("command", ["check", "describe", "prove"])
def test_every_bad_file_is_told_with_its_place_and_hides_no_other(service: Path, command: str) -> None:
    files = {name: f"sql/thing/bad_{number}.sql" for number, name in enumerate(BAD_FILES)}
    for name, file in files.items():
        write(file, BAD_FILES[name][0])
    result = run(command)
    assert result.exit_code == FOUND
    assert len(result.output) < 10_000
    for name, file in files.items():
        assert_is_told(name, file, result)


def test_a_bad_file_is_told_and_keeps_anything_from_being_generated(service: Path) -> None:
    for name, (content, _, _) in BAD_FILES.items():
        write("sql/thing/bad.sql", content)
        result = run("generate")
        assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, ""), name
        assert_is_told(name, "sql/thing/bad.sql", result)
    assert written() == []


@pytest.mark.parametrize("command", ["check", "describe", "prove"])
def test_a_link_to_nowhere_is_not_passed_over(service: Path, command: str) -> None:
    Path("sql/thing/link.sql").symlink_to("gone.sql")
    result = run(command)
    assert result.exit_code == FOUND
    assert "sql/thing/link.sql:1:1: error[files]: the file cannot be read: No such file or directory" in result.output


@pytest.mark.parametrize("command", ["check", "describe"])
def test_a_connection_string_that_cannot_be_read_is_told_without_its_text(service: Path, command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--queries", "sql", "--dsn", "secret"])
    assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
    assert result.stderr.startswith("the connection string cannot be read\nhelp: ")


def test_a_folder_among_migrations_is_told_with_its_place(service: Path) -> None:
    Path("db/0002_create_other.sql").mkdir()
    result = run("check")
    assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
    assert result.stderr.startswith("db/0002_create_other.sql:1:1: error[unreadable]: the migration cannot be read")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_there_at_all_could_not_run(service: Path, command: str) -> None:
    Path("nothing").mkdir()
    for queries, said in (
        ("none", "there is no query folder none"),
        ("nothing", "nothing"),
        ("\udcff", "no query folder"),
    ):
        result = run(command, queries=queries)
        assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, ""), queries
        assert said in result.stderr
        assert_is_no_traceback(result)
    assert written() == []


@contextmanager
def readable_by_nobody(folder: Path) -> Iterator[None]:
    """Take all rights to a folder away, from root too: by being somebody else for a while."""
    folder.chmod(0o000)
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if own == 0:
            os.seteuid(own)
        folder.chmod(0o700)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("locked", ["sql", "sql/thing"])
def test_a_folder_that_may_not_be_read_is_not_passed_over(
    monkeypatch: pytest.MonkeyPatch, command: str, locked: str
) -> None:
    # Not tmp_path, which nobody else may enter.
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.chdir(name)
        write("sql/thing/list.sql", GOOD)
        write("sql/top.sql", GOOD)
        # Imported before, since nobody may not read every folder of Python either.
        run(command, "--help")
        with readable_by_nobody(Path(locked)):
            result = run(command)
        assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
        assert result.stderr.startswith(f"the folder {locked} cannot be read: Permission denied\nhelp: ")


@pytest.mark.parametrize("command", ["check", "describe", "generate"])
def test_a_query_that_would_run_for_ever_is_only_prepared(service: Path, command: str) -> None:
    write("sql/thing/endless.sql", "-- name: endless()\nSELECT pg_catalog.pg_sleep(1000000)::text AS nothing;\n")
    assert_is_no_traceback(result := run(command))
    assert "endless" not in result.stderr


def test_a_query_that_would_run_for_ever_is_stopped_by_prove(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attune_sql.prove.prove.STATEMENT_TIMEOUT", "50ms")
    write("sql/thing/endless.sql", "-- name: endless()\nSELECT pg_catalog.pg_sleep(1000000)::text AS nothing;\n")
    result = run("prove", "thing.endless")
    assert result.exit_code == 0
    assert "not exercised: thing.endless: 1 execution without a row, 1 refused with 57014" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_server_that_cannot_be_reached_could_not_run(
    service: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("ATTUNE_SQL_DSN", "host=127.0.0.1 port=1 dbname=x connect_timeout=1")
    result = run(command)
    assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, "")
    assert "cannot be reached" in result.stderr
    assert_is_no_traceback(result)
    assert written() == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_server_that_dies_half_way_leaves_nothing_half_written(
    service: Path, server: ScratchServer, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def dying(lifetime: float, check: Callable[[Result], None]) -> int:
        with DyingServer(server.dsn, lifetime) as door:
            monkeypatch.setenv("ATTUNE_SQL_DSN", door.dsn)
            check(run(command, *(("--no-cache",) if "--no-cache" in known else ())))
        return door.passed

    def assert_could_not_run(result: Result) -> None:
        assert (result.exit_code, result.stdout) == (COULD_NOT_RUN, ""), result.output
        assert len(result.stderr.splitlines()) <= 3, result.stderr
        assert_is_no_traceback(result)

    known = CliRunner().invoke(cli, [command, "--help"]).output
    whole = dying(float("inf"), assert_is_no_traceback)
    for each in written():
        Path(each).unlink()
    for share in (0.1, 0.8):
        dying(whole * share, assert_could_not_run)
    assert written() == []


def assert_is_no_traceback(result: Result) -> None:
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Traceback" not in result.output
