"""The command on a folder of one's own, and that attune_sql/generated is as generated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

MIGRATION = """
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('open', 'paid');
CREATE TABLE shop.bill (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state shop.state NOT NULL,
    note text
);
"""
FIND = (
    "-- name: find(id)^\n-- Returns it.\n"
    "SELECT bill.id, bill.state, bill.note FROM shop.bill WHERE bill.id = :id::bigint;\n"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["generate", *arguments])


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ScratchServer) -> Path:
    """A working directory with a query folder and a migration of its own, and its types written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTUNE_SQL_DSN", server.dsn)
    for path, text in (("migrations/0001_create_shop.sql", MIGRATION), ("queries/bill/find.sql", FIND)):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    written = run(*OWN)
    assert (written.exit_code, written.output) == (0, "1 operation in types; 6 of 6 files changed\n")
    return tmp_path


OWN = ("--queries", "queries", "--migrations", "migrations", "--out", "types")


def contents(shop: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (shop / "types").iterdir()}


def test_the_types_of_a_folder_of_ones_own_are_written(shop: Path) -> None:
    rows = (shop / "types/rows.py").read_text()
    assert 'State: TypeAlias = Literal["open", "paid"]' in rows
    assert re.search(r"(?m)^class Bill\(NamedTuple\):$", rows)
    assert "    id: int\n    state: State\n    note: str | None\n" in rows
    assert (
        "def find(self, conn: Connection[Any], *, id: int) -> rows.Bill | None:"
        in (shop / "types/sync.pyi").read_text()
    )


def test_a_second_run_and_a_check_change_nothing(shop: Path) -> None:
    before = contents(shop)
    assert run(*OWN, "--check").output == "1 operation in types, all as generated\n"
    assert run(*OWN).output == "1 operation in types; 0 of 6 files changed\n"
    assert contents(shop) == before


def test_check_shows_what_would_change_and_changes_nothing(shop: Path) -> None:
    (shop / "queries/bill/find.sql").write_text(FIND.replace("^", "").replace("Returns", "Lists"))
    (shop / "types/rows.py").unlink()
    before = contents(shop)
    result = run(*OWN, "--check")
    assert result.exit_code == 1
    assert "--- /dev/null\n+++ types/rows.py\n" in result.stdout
    assert "-    async def find(self" in result.stdout
    assert '+        """Lists it."""\n' in result.stdout
    assert result.stderr == ("3 files in types would change\nhelp: attune-sql generate, without --check\n")
    assert contents(shop) == before


def test_a_rejected_query_is_told_with_its_place_and_nothing_is_written(shop: Path) -> None:
    (shop / "queries/bill/find.sql").write_text(FIND.replace("bill.note", "bill.nota"))
    before = contents(shop)
    result = run(*OWN)
    assert result.exit_code == 2
    assert "queries/bill/find.sql:3:" in result.stderr
    assert "column bill.nota does not exist" in result.stderr
    assert contents(shop) == before


def test_a_file_of_somebodys_own_is_not_overwritten(shop: Path) -> None:
    (shop / "types/rows.py").write_text("mine = 1\n")
    result = run(*OWN)
    assert result.exit_code == 2
    assert "types/rows.py is not a generated file, and would be overwritten" in result.stderr
    assert (shop / "types/rows.py").read_text() == "mine = 1\n"


def test_queries_of_ones_own_never_go_into_the_package(shop: Path) -> None:
    result = run("--queries", "queries")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "which package? give --out" in result.stderr


SETTINGS = """
[tool.attune_sql]
queries = "queries"
migrations = "migrations"
out = "made/types"
json_types = "shop.models"
"""


def test_the_settings_say_which_queries_and_where_from_any_folder_below(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "pyproject.toml").write_text(SETTINGS)
    (shop / "queries/bill/find.sql").write_text(
        "-- name: find(id)^\n-- @json value: Value\n"
        "SELECT bill.id, pg_catalog.to_jsonb(bill.note) AS value FROM shop.bill WHERE bill.id = :id::bigint;\n"
    )
    monkeypatch.chdir(shop / "queries")
    assert run().output.endswith("made/types; 6 of 6 files changed\n")
    assert "    value: shop.models.Value | None\n" in (shop / "made/types/rows.py").read_text()
    assert run("--json-types", "other", "--check").exit_code == 1


def test_a_bare_json_type_without_a_module_is_told_with_its_place_and_nothing_is_written(shop: Path) -> None:
    (shop / "queries/bill/find.sql").write_text(FIND.replace("-- Returns", "-- @json note: Note\n-- Returns"))
    before = contents(shop)
    result = run(*OWN)
    assert result.exit_code == 2
    assert result.stderr.startswith("queries/bill/find.sql:2:1: error[json-type]: bill.find: there is no module")
    assert contents(shop) == before


def test_without_queries_nothing_is_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "which queries? give --queries and --out" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_committed_types_are_the_generated_ones(monkeypatch: pytest.MonkeyPatch, server: ScratchServer) -> None:
    monkeypatch.setenv("ATTUNE_SQL_DSN", server.dsn)
    result = run("--check")
    assert result.exit_code == 0, f"{result.output}\nrun `make generate`"
