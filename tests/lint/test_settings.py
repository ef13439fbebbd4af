"""What a repository sets for the rules, and which names they then know."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from attune_sql.lint.configuration import ConfigurationError
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
    (tmp_path / "db").mkdir()
    settings = read_settings(tmp_path / "sql")
    assert (settings.schema, settings.migrations) == ("shop", tmp_path / "db")
    assert settings.unique_columns == {"id"}
    assert settings.secret_columns == LintSettings().secret_columns


RULES = "[sqlfluff:rules]\n"


@pytest.mark.parametrize(
    ("file", "text", "report"),
    [
        (
            ".sqlfluff",
            RULES + "attune_schem = shop\n",
            "2:1: error[config]: there is no setting 'attune_schem'\n2 | attune_schem = shop\n  | ^^^^^^^^^^^^\n"
            "help: did you mean attune_schema?",
        ),
        (
            ".sqlfluff",
            RULES + "attune_lock_timeout = fil\n",
            "2:1: error[config]: 'attune_lock_timeout' cannot be 'fil'\n2 | attune_lock_timeout = fil\n"
            "  | ^^^^^^^^^^^^^^^^^^^\nhelp: it is one of: runner, file",
        ),
        (".sqlfluff", RULES + "attune_migrations_dir = db\n", "2:1: error[config]: there is no folder db\n"),
        (
            ".sqlfluff",
            "attune_schema = shop\n",
            "1:1: error[config]: a setting stands before the first section\n1 | attune_schema = shop\n",
        ),
        (
            ".sqlfluff",
            RULES + "attune_schema\n",
            "2:1: error[config]: this line is no setting\n2 | attune_schema\n  | ^^^^^^^^^^^^^\nhelp: write it as",
        ),
        (".sqlfluff", b"# \xff\n", "1:1: error[config]: the file is not UTF-8: invalid start byte at byte 2\nhelp: "),
        ("pyproject.toml", "[tool]\nx = = 1\n", "2:1: error[config]: this is no TOML: "),
        (
            "pyproject.toml",
            "[tool.sqlfluff.rules]\nattune_colour = 1\n",
            "2:1: error[config]: there is no setting 'attune_colour'\n",
        ),
    ],
)
def test_what_is_not_understood_is_an_error_with_its_place(
    tmp_path: Path, file: str, text: str | bytes, report: str
) -> None:
    (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError) as caught:
        read_settings(tmp_path)
    assert caught.value.report().startswith(f"{tmp_path / file}:{report}")


@pytest.mark.parametrize("text", ["tool = 3\n", "[tool]\nsqlfluff = 3\n", "[tool.sqlfluff]\nrules = [1]\n"])
def test_what_is_meant_for_others_is_left_to_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert read_settings(tmp_path) == LintSettings()


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
