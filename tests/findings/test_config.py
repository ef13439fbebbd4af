"""`[tool.attune_sql]`: what it may say, and what is said about what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.findings.config import Config, ConfigError, nearest

HEAD = "[project]\nname = 'x'\nqueries = 1\n\n[tool.attune_sql]\n"


def write(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text)
    return folder


def test_the_nearest_file_above_counts_and_folders_are_relative_to_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        HEAD + "queries = 'sql'\nmigrations = '../m'\nout = 'types'\n"
        "json_types = 'shop.models'\nignore = ['column-order']\n",
    )
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    expected = Config(
        tmp_path / "sql", tmp_path / "../m", tmp_path / "types", "shop.models", frozenset({"column-order"})
    )
    assert nearest(below) == expected
    assert nearest(write(below, "[project]\nname = 'y'\n")) == Config()


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (
            HEAD + "querys = 'sql'\n",
            "6:1: error[config]: there is no setting 'querys'\n6 | querys = 'sql'\n  | ^^^^^^\n"
            "help: did you mean queries?",
        ),
        (
            HEAD + "  colour = true\n",
            "6:3: error[config]: there is no setting 'colour'\n6 |   colour = true\n  |   ^^^^^^\n"
            "help: the settings are: ignore, json_types, migrations, out, queries",
        ),
        (HEAD + "queries = 7\n", "6:1: error[config]: 'queries' must be the path of a folder\n"),
        (HEAD + "out = 7\n", "6:1: error[config]: 'out' must be the path of a folder\n"),
        (
            HEAD + "json_types = 'a b'\n",
            "6:1: error[config]: 'json_types' must be the dotted name of a Python module\n",
        ),
        (HEAD + "ignore = 'many-rows'\n", "6:1: error[config]: 'ignore' must be a list of rules\n"),
        (HEAD + "ignore = ['many-row']\n", "6:1: error[config]: there is no rule 'many-row'\n"),
        (HEAD + "ignore = [{a = 7}]\n", "6:1: error[config]: there is no rule {'a': 7}\n"),
        (
            "\ufeff" + HEAD,
            "1:1: error[config]: this is no TOML: Invalid statement (at line 1, column 1)\n",
        ),
        ("tool = 3\n", "1:1: error[config]: tool.attune_sql is not a table\nhelp: write [tool.attune_sql] on a line"),
        (HEAD + "ignore = [7]\n", "6:1: error[config]: there is no rule 7\n"),
        (HEAD + "ignore = [\n", "6:1: error[config]: this is no TOML: "),
        (HEAD + "ignore = = 1\n", "6:10: error[config]: this is no TOML: "),
        ("[tool]\nattune_sql = 1\n", "1:1: error[config]: tool.attune_sql is not a table"),
    ],
)
def test_what_is_not_understood_is_an_error_with_its_place(tmp_path: Path, text: str, report: str) -> None:
    with pytest.raises(ConfigError) as caught:
        nearest(write(tmp_path, text))
    assert caught.value.report().startswith(f"{tmp_path / 'pyproject.toml'}:{report}")


def test_a_file_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="cannot be read"):
        nearest(tmp_path)
