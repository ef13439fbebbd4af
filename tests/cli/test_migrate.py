"""The commands migrate and status, and how any command may end: output, error output and exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from attune_sql.cli import main
from attune_sql.cli.main import COMMANDS, cli
from attune_sql.cli.render import coloured

FILES = {
    "0001_create_pack.sql": "CREATE TABLE attune.pack (id bigint);\n",
    "0002_index_pack.sql": "-- attune: no-transaction\nCREATE INDEX CONCURRENTLY pack_id ON attune.pack (id);\n",
}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two migrations, `migrations` below the working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "migrations"
    path.mkdir()
    for name, text in FILES.items():
        (path / name).write_text(text)
    return path


def run(*arguments: str, dsn: str | None = None) -> Result:
    """Run a command line within this process."""
    return CliRunner().invoke(cli, arguments, env={"ATTUNE_SQL_DSN": dsn})


def python(*arguments: str, dsn: str = "") -> list[str]:
    """Give the command line of a process of its own."""
    return [sys.executable, "-m", "attune_sql", *arguments, "--dsn", dsn]


def environment() -> dict[str, str]:
    """Give an environment in which the package is found from any working directory."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_migrate_prints_each_file_with_its_time_and_where_the_schema_is(empty_dsn: str, folder: Path) -> None:
    result = run("migrate", "--migrations", "migrations", dsn=empty_dsn)
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.sub(r"\d+ ms", "N ms", result.stdout) == (
        "0001_create_pack  N ms\n0002_index_pack  N ms\nschema attune is at 0002; 2 applied, 0 pending\n"
    )
    again = run("migrate", "--migrations", "migrations", dsn=empty_dsn)
    assert (again.exit_code, again.stdout) == (0, "schema attune is at 0002; 2 applied, 0 pending\n")


def test_migrate_stops_where_it_is_told_to(empty_dsn: str, folder: Path) -> None:
    result = run("migrate", "--to", "1", "--migrations", "migrations", "--dsn", empty_dsn)
    assert result.stdout.splitlines()[-1] == "schema attune is at 0001; 1 applied, 1 pending"


def test_a_dry_run_shows_what_would_run(empty_dsn: str, folder: Path) -> None:
    result = run("migrate", "--dry-run", "--migrations", "migrations", dsn=empty_dsn)
    assert (result.exit_code, result.stdout) == (
        0,
        "0001_create_pack  would run\n0002_index_pack  would run, outside a transaction\n"
        "dry run: 2 would be applied, nothing was changed\n",
    )
    with psycopg.connect(empty_dsn) as connection:
        assert connection.execute("SELECT to_regnamespace('attune') IS NULL").fetchone() == (True,)


def test_status_is_1_while_something_is_pending_and_0_afterwards(empty_dsn: str, folder: Path) -> None:
    before = run("status", "--migrations", "migrations", dsn=empty_dsn)
    assert (before.exit_code, before.stdout) == (
        1,
        "0001_create_pack  pending\n0002_index_pack   pending\nschema attune is at nothing yet; 0 applied, 2 pending\n",
    )
    run("migrate", "--migrations", "migrations", dsn=empty_dsn)
    after = run("status", "--migrations", "migrations", dsn=empty_dsn)
    assert after.exit_code == 0
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+"
    assert re.fullmatch(
        rf"0001_create_pack  done     {when}  \w+  \d+ ms\n0002_index_pack   done     {when}  \w+  \d+ ms\n"
        "schema attune is at 0002; 2 applied, 0 pending\n",
        after.stdout,
    )


def test_status_lists_every_problem(empty_dsn: str, folder: Path) -> None:
    run("migrate", "--migrations", "migrations", dsn=empty_dsn)
    (folder / "0001_create_pack.sql").write_text("SELECT 1;")
    (folder / "0004_add_pack.sql").write_text("SELECT 1;")
    result = run("status", "--migrations", "migrations", dsn=empty_dsn)
    assert result.exit_code == 1
    assert "migrations/0001_create_pack.sql:1:1: error[edited]: " in result.stdout
    assert "migrations/0004_add_pack.sql:1:1: error[number]: there is no migration 0003" in result.stdout
    assert result.stdout.endswith("schema attune is at 0002; 2 applied, 1 pending, 2 problems\n")


def test_status_as_json_is_for_programs(empty_dsn: str, folder: Path) -> None:
    run("migrate", "--to", "1", "--migrations", "migrations", dsn=empty_dsn)
    (folder / "0003_add.sql").write_text("SELECT 1;")
    result = run("status", "--format", "json", "--migrations", "migrations", dsn=empty_dsn)
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(row["version"], row["name"], row["state"]) for row in found.pop("applied")] == [(1, "create_pack", "done")]
    assert found == {
        "version": 1,
        "up_to_date": False,
        "pending": [{"version": 2, "name": "index_pack", "file": "migrations/0002_index_pack.sql"}],
        "problems": [
            {
                "rule": "name",
                "message": "the verb 'add' has no object",
                "file": "migrations/0003_add.sql",
                "line": 1,
                "column": 1,
                "help": "name it NNNN_verb_object.sql, as in 0003_create_pack.sql",
            }
        ],
        "holder": None,
    }


def test_the_bundled_migrations_are_the_default(server: object, clone_dsn: str) -> None:
    result = run("status", dsn=clone_dsn)
    assert (result.exit_code, result.stdout.count("\n0001_") + result.stdout.startswith("0001_")) == (0, 1)


def test_the_setting_wins_over_the_bundled_migrations(empty_dsn: str, folder: Path) -> None:
    Path("pyproject.toml").write_text("[tool.attune_sql]\nmigrations = 'migrations'\n")
    result = run("migrate", "--dry-run", dsn=empty_dsn)
    assert [line.partition(" ")[0] for line in result.stdout.splitlines()] == [
        *(name.removesuffix(".sql") for name in FILES),
        "dry",
    ]


def test_a_mistake_in_a_file_is_shown_on_standard_error(empty_dsn: str, folder: Path) -> None:
    (folder / "0002_index_pack.sql").write_text("SELECT 1;\nSELECT nothere;\n")
    result = run("migrate", "--migrations", "migrations", dsn=empty_dsn)
    assert result.exit_code == 2
    assert result.stdout.startswith("0001_create_pack  ")
    assert result.stderr == (
        'migrations/0002_index_pack.sql:2:8: error[sql]: column "nothere" does not exist (SQLSTATE 42703); '
        "nothing of this file was applied\n"
        "2 | SELECT nothere;\n"
        "  |        ^^^^^^^\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["migrate"],
            "no database is named\nhelp: set ATTUNE_SQL_DSN, or give --dsn: postgresql://user@host:5432/database\n",
        ),
        (["frobnicate"], "error: No such command 'frobnicate'.\nhelp: attune-sql --help\n"),
        (
            ["migrate", "--to", "x"],
            "error: Invalid value for '--to': 'x' is not a valid integer.\nhelp: attune-sql migrate --help\n",
        ),
        (
            ["migrate", "postgresql://u:secret@h/d"],
            "error: Got unexpected extra argument (postgresql://u:***@h/d)\nhelp: attune-sql migrate --help\n",
        ),
        (
            ["status", "--dsn", "postgresql://u:secret%zz@h/d"],
            "the connection string cannot be read\n"
            "help: write postgresql://user@host:5432/database, with special characters %-encoded, "
            "or 'host=… dbname=…'\n",
        ),
        (
            ["status", "--dsn", "host=127.0.0.1 port=1 user=u password=secret"],
            'cannot connect: connection to server at "127.0.0.1", port 1 failed: Connection refused\n'
            "help: check that the server runs, and host, port, dbname, user and password of the connection string\n",
        ),
    ],
)
def test_what_cannot_run_is_said_in_words_with_code_2(folder: Path, arguments: list[str], said: str) -> None:
    extra = ["--migrations", "migrations"] if arguments[0] in {"status", "migrate"} else []
    result = CliRunner().invoke(cli, [*arguments, *extra], prog_name="attune-sql", env={"ATTUNE_SQL_DSN": None})
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


def test_an_operational_error_of_any_command_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise psycopg.OperationalError("server closed: password=secret\n\tmore")

    monkeypatch.setattr(main, "import_module", fail)
    result = run("migrate")
    assert (result.exit_code, result.stderr) == (
        2,
        "the database cannot be used: server closed: password=***\nhelp: check that the server runs, and the --dsn\n",
    )


def test_without_a_command_the_help_is_shown_and_nothing_was_run() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Commands:" in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_in_help_is_how_its_own_help_begins(name: str) -> None:
    command = cli.get_command(cli.make_context("attune-sql", ["--version"], resilient_parsing=True), name)
    assert command is not None
    assert (command.help or "").startswith(COMMANDS[name].summary.rstrip("."))
    assert f"{name}  " in run("--help").stdout
    assert run(name, "--help").exit_code == 0


def test_help_imports_no_command() -> None:
    code = (
        "import sys; from attune_sql.cli.main import cli; cli.main(['--help'], standalone_mode=False);"
        "sys.exit('attune_sql.cli.migrate' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True).returncode == 0


def test_the_installed_program_exits_with_the_code(empty_dsn: str, folder: Path) -> None:
    for command, code in (("status", 1), ("migrate", 0), ("status", 0)):
        done = subprocess.run(
            python(command, "--migrations", "migrations", dsn=empty_dsn), check=False, env=environment()
        )
        assert done.returncode == code


def test_an_interrupted_run_exits_130_without_a_traceback(empty_dsn: str, folder: Path) -> None:
    (folder / "0001_create_pack.sql").write_text("SELECT 'slow' FROM pg_sleep(600);")
    command = python("migrate", "--migrations", "migrations", dsn=empty_dsn)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    with psycopg.connect(empty_dsn, autocommit=True) as connection:
        seen = (
            "SELECT 1 FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%slow%'"
        )
        deadline = time.monotonic() + 20
        while not connection.execute(seen.encode()).fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=20)
    assert (stdout, stderr.strip(), process.returncode) == ("", "interrupted", 130)


def test_a_closed_pipe_is_no_error_to_tell(empty_dsn: str, folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = python("status", "--migrations", "migrations", dsn=empty_dsn)
    done = subprocess.run(command, check=False, stdout=write, stderr=subprocess.PIPE, text=True, env=environment())
    os.close(write)
    assert done.stderr == ""


def test_a_missing_toolkit_is_one_line() -> None:
    code = "import sys; sys.modules['click'] = None; from attune_sql.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "attune-sql needs the package click: pip install 'attune-sql[toolkit]'\n",
    )


def test_errors_are_coloured_on_a_terminal_only(folder: Path) -> None:
    terminal, end = pty.openpty()
    plain = {key: value for key, value in environment().items() if key not in {"NO_COLOR", "ATTUNE_SQL_DSN"}}
    done = subprocess.run(
        [sys.executable, "-m", "attune_sql", "migrate", "postgresql://u:secret@h"],
        check=False,
        stderr=end,
        env={**plain, "TERM": "xterm"},
    )
    os.close(end)
    said = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert done.returncode == 2
    assert "\x1b[1;31merror:\x1b[0m" in said
    assert "secret" not in said


def test_the_text_of_a_report_is_kept_as_it_is() -> None:
    report = "a.sql:1:2: error[sql]: [bold]x[/bold]\n1 | SELECT 1\n  |  ^^^\nhelp: y"
    assert coloured(report).plain == report
