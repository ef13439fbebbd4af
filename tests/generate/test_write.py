"""Where generated files cannot be written: told with place and help, and nothing half-written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from attune_sql.cli.main import cli
from attune_sql.errors import AttuneSqlError
from attune_sql.generate.write import apply, changes
from tests.fix_workplace import write

FIND = "-- name: find(id)^\n-- Returns it.\nSELECT bill.id FROM shop.bill WHERE bill.id = :id::bigint;\n"
MIGRATION = "CREATE SCHEMA shop;\nCREATE TABLE shop.bill (id bigint PRIMARY KEY);\n"
HELP = "help: give the room and the right to write there, or choose another folder with --out\n"


@pytest.fixture
def shop(workplace: Path) -> Path:
    """A working directory with a query and a migration."""
    write("queries/bill/find.sql", FIND)
    write("migrations/0001_create_shop.sql", MIGRATION)
    return workplace


def run(out: str) -> Result:
    return CliRunner().invoke(cli, ["generate", "--queries", "queries", "--migrations", "migrations", "--out", out])


def contents(folder: Path) -> dict[str, bytes | None]:
    return {str(each): each.read_bytes() if each.is_file() else None for each in folder.rglob("*")}


@contextmanager
def without_rights_of_root() -> Iterator[None]:
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if own == 0:
            os.seteuid(own)


def assert_is_told(result: Result, place: str, said: str) -> None:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{place}:1:1: error[files]: {said}\n{HELP}"


@pytest.mark.parametrize("out", ["locked", "locked/types", "locked/deep/er"])
def test_a_folder_without_the_right_to_write_is_told(monkeypatch: pytest.MonkeyPatch, out: str) -> None:
    # Not tmp_path, which nobody else may enter.
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.chdir(name)
        Path("locked").mkdir()
        Path("locked").chmod(0o555)
        with without_rights_of_root(), pytest.raises(AttuneSqlError) as raised:
            apply(changes(Path(out), {"rows.py": "rows = 1\n"}))
    said = f"{out}/rows.py:1:1: error[files]: the file cannot be written: Permission denied"
    assert raised.value.report() == f"{said}\n{HELP.strip()}"


@pytest.mark.parametrize("out", ["taken", "taken/types"])
def test_a_file_in_the_place_of_the_folder_is_told(shop: Path, out: str) -> None:
    write("taken", "mine\n")
    assert_is_told(run(out), f"{out}/__init__.py", "the file cannot be read: Not a directory")
    assert Path("taken").read_text() == "mine\n"


def test_a_folder_in_the_place_of_a_file_is_told_and_no_other_file_is_written(shop: Path) -> None:
    Path("types/rows.py").mkdir(parents=True)
    assert_is_told(run("types"), "types/rows.py", "the file cannot be read: Is a directory")
    assert [each.name for each in Path("types").iterdir()] == ["rows.py"]


@pytest.mark.parametrize("is_new", [False, True])
def test_a_disk_that_is_full_half_way_changes_nothing(
    shop: Path, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    if not is_new:
        assert run("made/types").exit_code == 0
        write("queries/bill/find.sql", FIND.replace("SELECT bill.id", "SELECT bill.id, bill.id AS again"))
    before = contents(shop)
    write_bytes = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if "rows.py" in self.name:
            write_bytes(self, content[:5])
            raise OSError(28, "No space left on device")
        return write_bytes(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert_is_told(run("made/types"), "made/types/rows.py", "the file cannot be written: No space left on device")
    assert contents(shop) == before
