"""The command reference: what it prints, what it writes, how it exits."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attune_sql.cli import reference
from attune_sql.cli.main import cli
from tests.fix_workplace import write

FIND = "-- name: find_by_id(id)^\n-- Returns it.\nSELECT pack.id FROM attune.pack WHERE pack.id = :id::bigint;\n"
LIST = "-- name: list()\n-- Lists them.\nSELECT rule.id FROM attune.rule ORDER BY rule.id;\n"


@pytest.fixture
def checkout(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two query files of its own, and their pages written."""
    monkeypatch.setattr(reference, "folder", lambda name: workplace / name)
    for room, name, text in (("pack", "find_by_id", FIND), ("rule", "list", LIST)):
        write(f"queries/{room}/{name}.sql", text)
    written = run()
    assert (written.exit_code, written.output) == (0, "3 pages in docs/repositories; 3 changed\n")
    return workplace


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["reference", *arguments])


def pages(checkout: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (checkout / "docs" / "repositories").iterdir()}


def test_check_is_quiet_about_pages_as_generated(checkout: Path) -> None:
    assert pages(checkout).keys() == {"README.md", "pack.md", "rule.md"}
    result = run("--check")
    assert (result.exit_code, result.output) == (0, "3 pages in docs/repositories, all as generated\n")


def test_check_shows_what_would_change_and_changes_nothing(checkout: Path) -> None:
    (checkout / "queries/pack/find_by_id.sql").write_text(FIND.replace("Returns it.", "Returns the pack."))
    (checkout / "queries/rule/list.sql").unlink()
    before = pages(checkout)
    result = run("--check")
    assert result.exit_code == 1
    assert "-Returns it.\n+Returns the pack.\n" in result.stdout
    assert "--- docs/repositories/rule.md\n+++ /dev/null\n" in result.stdout
    assert result.stderr == "3 of the pages in docs/repositories would change\nhelp: make docs\n"
    assert pages(checkout) == before

    assert run().stdout == "2 pages in docs/repositories; 3 changed\n"
    assert pages(checkout).keys() == {"README.md", "pack.md"}
    assert run("--check").exit_code == 0


def test_a_rejected_query_is_told_with_its_place_and_nothing_is_written(checkout: Path) -> None:
    (checkout / "queries/pack/find_by_id.sql").write_text(FIND.replace("pack.id FROM", "pack.idd FROM"))
    before = pages(checkout)
    for arguments in ((), ("--check",)):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(
            "queries/pack/find_by_id.sql:3:8: error[query]: PostgreSQL rejects pack.find_by_id: "
            "column pack.idd does not exist\n"
        )
    assert pages(checkout) == before
