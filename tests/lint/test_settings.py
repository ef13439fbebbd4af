"""What a repository sets for the rules, and which names they then know."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from attune_sql.lint.settings import LintSettings, read_settings

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            ".sqlfluff",
            "[sqlfluff:rules]\nattune_schema = shop\nattune_migrations_dir = db\nattune_unique_columns = id\n",
        ),
        (
            "pyproject.toml",
            "[tool.sqlfluff.rules]\nattune_schema = 'shop'\nattune_migrations_dir = 'db'\nattune_unique_columns = 'id'",
        ),
    ],
)
def test_the_settings_are_read_from_the_folder_above(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_text(text)
    (tmp_path / "sql").mkdir()
    settings = read_settings(tmp_path / "sql")
    assert (settings.schema, settings.migrations) == ("shop", tmp_path / "db")
    assert settings.unique_columns == {"id"}
    assert settings.secret_columns == LintSettings().secret_columns


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    (tmp_path / ".sqlfluff").write_text("[sqlfluff]\ndialect = postgres\n")
    assert read_settings(tmp_path) == LintSettings()


def test_sqlfluff_and_the_fast_engine_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlfluff.core import FluffConfig

    monkeypatch.chdir(CHECKOUT)
    config = FluffConfig.from_path("queries")
    values = config.get_section("rules")
    assert isinstance(values, dict)
    assert LintSettings.of_values(values) == read_settings(Path("queries"))


def test_the_nearest_migrations_give_the_names(tmp_path: Path) -> None:
    for folder in ("migrations", "sql/booking"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "migrations" / "0001.sql").write_text("CREATE TABLE attune.booking (id bigint);")
    names = LintSettings().names(tmp_path / "sql" / "booking" / "find.sql", "SELECT 1")
    assert names.tables == {"booking"}


def test_without_migrations_the_names_are_those_of_this_package(tmp_path: Path) -> None:
    assert "execution" in LintSettings().names(tmp_path / "find.sql", "SELECT 1").tables
    assert not LintSettings(schema="shop").names(tmp_path / "find.sql", "SELECT 1").tables


def test_a_text_that_creates_something_knows_it(tmp_path: Path) -> None:
    names = LintSettings().names(tmp_path / "new.sql", "CREATE TABLE gadget (id bigint);")
    assert {"gadget", "execution"} <= names.tables


def test_a_folder_of_queries_is_known_by_its_name_or_by_the_settings(tmp_path: Path) -> None:
    assert LintSettings().is_query_folder(Path("queries") / "pack" / "find.sql")
    assert not LintSettings().is_query_folder(Path("sql") / "find.sql")
    assert LintSettings(queries=tmp_path).is_query_folder(tmp_path / "pack" / "find.sql")
    assert not LintSettings(queries=tmp_path).is_query_folder(Path(os.sep) / "queries" / "find.sql")
