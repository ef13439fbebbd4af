"""Folders of migrations to run, and how to look at the database afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from attune_sql.errors import MigrationError
from attune_sql.migration.runner import migrate

Write = Callable[[Mapping[str, str | bytes]], Path]
Ask = Callable[[str], list[tuple[Any, ...]]]

LEDGER = (
    "SELECT version, name, checksum, state, duration_ms >= 0, applied_by FROM attune.schema_migration ORDER BY version"
)

CREATE_PACK = {"0001_create_pack.sql": "CREATE TABLE attune.pack (id bigint);\n"}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write files into `migrations/` below the working directory: reports then name them by the same path always."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "migrations"
    folder.mkdir()

    def written(contents: Mapping[str, str | bytes]) -> Path:
        for name, content in contents.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return written


@pytest.fixture
def ask(empty_dsn: str) -> Ask:
    """Run a statement on the test's own database and return its rows."""

    def rows(statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(empty_dsn, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    return rows


def refused(dsn: str, folder: Path, **options: object) -> str:
    """Run the migrations, which must be refused, and return the report."""
    with pytest.raises(MigrationError) as caught:
        migrate(dsn, folder, **options)  # type: ignore[arg-type]
    return caught.value.report()
