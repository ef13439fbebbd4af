"""`.sqlfluff` and `[tool.sqlfluff]` of pyproject.toml → plain tables, for what is read without sqlfluff."""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from pathlib import Path

from attune_sql.errors import AttuneSqlError
from attune_sql.location import Location

INI, TOML = ".sqlfluff", "pyproject.toml"


class ConfigurationError(AttuneSqlError):
    """A configuration of sqlfluff that cannot be understood."""


def sections(path: Path) -> Mapping[str, Mapping[str, object]]:
    """Read the tables of one file by their names, as `rules` and `core`; none where there is no such file.

    Raises ConfigurationError with the place for a file that is no text, or not of its format.
    """
    return _read(path) if path.is_file() else {}


def refused(path: Path, key: str, message: str, help: str) -> ConfigurationError:
    """Word what is wrong with a key of a file that could be read."""
    text = path.read_text(encoding="utf-8-sig")
    found = re.search(rf"^[ \t]*{re.escape(key)}(?=[ \t]*=)", text, re.MULTILINE)
    place = Location.at(path, text, found.end() - len(key), found.end()) if found else Location(path, 1)
    return ConfigurationError(message, location=place, help=help, rule="config")


def _read(path: Path) -> Mapping[str, Mapping[str, object]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"the file is not UTF-8: {error.reason} at byte {error.start}",
            location=Location(path, 1),
            help="save it as UTF-8",
            rule="config",
        ) from None
    except OSError as error:
        raise ConfigurationError(
            f"the file cannot be read: {error.strerror}", location=Location(path, 1), rule="config"
        ) from None
    return _ini(path, text) if path.name == INI else _toml(path, text)


def _ini(path: Path, text: str) -> Mapping[str, Mapping[str, object]]:
    parser = configparser.ConfigParser(delimiters="=", interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.MissingSectionHeaderError as error:
        raise _at(
            path, text, error.lineno, "a setting stands before the first section", "begin with [sqlfluff]"
        ) from None
    except configparser.ParsingError as error:
        raise _at(path, text, error.errors[0][0], "this line is no setting", "write it as `key = value`") from None
    return {
        name.partition(":")[2] or "core": dict(parser[name])
        for name in parser.sections()
        if name.partition(":")[0] == "sqlfluff"
    }


def _at(path: Path, text: str, line: int, message: str, help: str) -> ConfigurationError:
    start = sum(len(each) for each in text.splitlines(keepends=True)[: line - 1])
    place = Location.at(path, text, start, len(text))
    return ConfigurationError(message, location=place, help=help, rule="config")


def _toml(path: Path, text: str) -> Mapping[str, Mapping[str, object]]:
    # Only here: a folder with a .sqlfluff does without it.
    import tomllib

    try:
        tool: object = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        help = "correct it here, or what is left open above"
        raise _at(path, text, line, f"this is no TOML: {error}", help) from None
    section = tool.get("sqlfluff") if isinstance(tool, dict) else None
    if not isinstance(section, dict):
        return {}
    return {name: table for name, table in section.items() if isinstance(table, dict)}
