"""Real files through sqlfluff's own command: every query and migration of this repository, and some that are wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CONFIG = "[sqlfluff]\ndialect = postgres\ntemplater = aiosql\nrules = attune\n"


def sqlfluff(*arguments: str, cwd: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run `sqlfluff lint` and return its exit code and what it says of each file."""
    command = [sys.executable, "-m", "sqlfluff", "lint", "--format", "json", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def found(file: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(each["code"], each["start_line_no"], each["start_line_pos"]) for each in file["violations"]]


def test_every_query_migration_and_example_is_linted_and_clean() -> None:
    code, files = sqlfluff("--processes", "2", "queries", "migrations", "examples", cwd=CHECKOUT)
    assert {file["filepath"]: found(file) for file in files if found(file)} == {}
    there = [
        *CHECKOUT.glob("queries/**/*.sql"),
        *CHECKOUT.glob("migrations/*.sql"),
        *CHECKOUT.glob("examples/**/*.sql"),
    ]
    assert {CHECKOUT / file["filepath"] for file in files} == set(there)
    assert code == 0


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Another repository: a schema of its own, in a folder of its own."""
    (tmp_path / ".sqlfluff").write_text(CONFIG + "[sqlfluff:rules]\nattune_schema = shop\nattune_migrations_dir = db\n")
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "0001.sql").write_text("CREATE TABLE shop.booking (id bigint);\n")
    (tmp_path / "queries" / "booking").mkdir(parents=True)
    return tmp_path


def test_another_repository_names_its_schema_and_is_mended(repository: Path) -> None:
    query = repository / "queries" / "booking" / "find_by_id.sql"
    text = "-- name: find_by_id(id)^\n-- The booking.\nSELECT booking.id FROM booking WHERE booking.id = :id::bigint;\n"
    query.write_text(text)
    code, files = sqlfluff("queries", cwd=repository)
    assert (code, found(files[0])) == (1, [("AT01", 3, 24)])
    command = [sys.executable, "-m", "sqlfluff", "fix", "queries"]
    subprocess.run(command, cwd=repository, capture_output=True, check=True)
    assert query.read_text() == text.replace("FROM booking", "FROM shop.booking")
    assert sqlfluff("queries", "db", cwd=repository)[0] == 0


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("find.sql", "-- name: find_one()^\n-- One.\nSELECT 1 AS one;\n", [("AT07", 1, 1)]),
        ("find.sql", "SELECT 1 AS one;\n", [("AT07", 1, 1)]),
        ("find.sql", "-- nothing yet\n", [("AT07", 1, 1)]),
        ("find.sql", "-- name: find()^\n-- One.\nSELECT 1 AS one;\n", []),
    ],
)
def test_a_query_file_is_named_after_its_one_query(
    repository: Path, name: str, text: str, expected: list[tuple[str, int, int]]
) -> None:
    (repository / "queries" / "booking" / name).write_text(text)
    _, files = sqlfluff("queries", cwd=repository)
    assert found(files[0]) == expected


def test_a_text_that_never_ends_is_a_finding_and_no_traceback(repository: Path) -> None:
    (repository / "queries" / "booking" / "find.sql").write_text("-- name: find()^\n-- One.\nSELECT 'one;\n")
    code, files = sqlfluff("queries", cwd=repository)
    assert (code, found(files[0])) == (1, [("TMP", 3, 8)])
