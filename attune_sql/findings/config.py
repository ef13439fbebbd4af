"""`[tool.attune_sql]` of the nearest pyproject.toml → Config: the reading edge of the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attune_sql.errors import AttuneSqlError
from attune_sql.location import Location

KEYS = ("ignore", "json_types", "migrations", "out", "queries")
_EXAMPLES = {
    "ignore": 'ignore = ["column-order"]',
    "json_types": 'json_types = "shop.models"',
    "migrations": 'migrations = "migrations"',
    "out": 'out = "shop/types"',
    "queries": 'queries = "queries"',
}
_SECTION = re.compile(r"^\s*\[\s*tool\s*\.\s*attune_sql\s*\]", re.MULTILINE)
_AT = re.compile(r"at line (\d+), column (\d+)")


class ConfigError(AttuneSqlError):
    """A setting that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; None means not set. Folders are relative to the file that names them.

    `out` is the package that `generate` writes to, `json_types` the module of the types that `@json` tags name.
    """

    queries: Path | None = None
    migrations: Path | None = None
    out: Path | None = None
    json_types: str | None = None
    ignore: frozenset[str] = frozenset()


def nearest(start: Path) -> Config:
    """Read the first pyproject.toml from the folder `start` upwards; without one, or without the section, all defaults.

    Raises ConfigError with the place for a file that is no TOML, an unknown key or rule, and a value of a wrong type.
    """
    path = next(
        (each / "pyproject.toml" for each in (start, *start.parents) if (each / "pyproject.toml").is_file()), None
    )
    return read(path) if path else Config()


def read(path: Path) -> Config:
    """Read one pyproject.toml; raises as `nearest`."""
    # Only here, since its import takes longer than reading: many commands need no settings.
    import tomllib

    text = _text(path)
    try:
        tool: Any = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        # Without a place, what is missing is missing at the end.
        location = (
            Location(path, int(found[1]), int(found[2])) if found else Location(path, len(text.splitlines()) or 1)
        )
        marked = text.startswith("\ufeff")
        raise ConfigError(
            f"this is no TOML: {error}",
            location=location,
            help="save it without a byte order mark" if marked else "correct it here, or what is left open above",
            rule="config",
        ) from None
    section = tool.get("attune_sql", {}) if isinstance(tool, dict) else tool
    if not isinstance(section, dict):
        raise ConfigError(
            "tool.attune_sql is not a table",
            location=Location(path, 1),
            help="write [tool.attune_sql] on a line of its own, and the settings below it",
            rule="config",
        )
    for key in section:
        if key not in KEYS:
            raise ConfigError(
                f"there is no setting {key!r}",
                location=_place(path, text, key),
                help=_one_of(key, KEYS, "settings"),
                rule="config",
            )
    ignore = section.get("ignore", [])
    if not isinstance(ignore, list):
        raise _wrong(path, text, "ignore", "a list of rules")
    names = _rule_names() if ignore else frozenset()
    for rule in ignore:
        if not isinstance(rule, str) or rule not in names:
            raise ConfigError(
                f"there is no rule {rule!r}",
                location=_place(path, text, "ignore"),
                help=_one_of(str(rule), sorted(names), "rules"),
                rule="config",
            )
    return Config(
        queries=_folder(path, text, section, "queries"),
        migrations=_folder(path, text, section, "migrations"),
        out=_folder(path, text, section, "out"),
        json_types=_module(path, text, section, "json_types"),
        ignore=frozenset(ignore),
    )


def _rule_names() -> frozenset[str]:
    # The rules bring the database driver along, which reading a folder's name can do without.
    from attune_sql.findings.rules import NAMES

    return NAMES


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"the file cannot be read: it is not UTF-8: {error.reason} at byte {error.start}",
            location=Location(path, 1),
            help="save it as UTF-8",
            rule="config",
        ) from None
    except OSError as error:
        raise ConfigError(
            f"the file cannot be read: {error.strerror}", location=Location(path, 1), rule="config"
        ) from None


def _folder(path: Path, text: str, section: dict[str, Any], key: str) -> Path | None:
    value = section.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(path, text, key, "the path of a folder")
    return path.parent / value


def _module(path: Path, text: str, section: dict[str, Any], key: str) -> str | None:
    value = section.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not all(part.isidentifier() for part in value.split(".")):
        raise _wrong(path, text, key, "the dotted name of a Python module")
    return value


def _wrong(path: Path, text: str, key: str, expected: str) -> ConfigError:
    help = f"write it as `{_EXAMPLES[key]}`"
    return ConfigError(f"{key!r} must be {expected}", location=_place(path, text, key), help=help, rule="config")


def _one_of(name: str, known: Iterable[str], what: str) -> str:
    # Only for a mistake, since its import costs a millisecond.
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    return f"did you mean {close[0]}?" if close else f"the {what} are: {', '.join(known)}"


def _place(path: Path, text: str, key: str) -> Location:
    """Locate a key below the header of our section; tomllib itself keeps no places."""
    section = _SECTION.search(text)
    found = re.compile(rf"""^\s*(["']?){re.escape(key)}\1\s*[.=]""", re.MULTILINE).search(
        text, section.end() if section else 0
    )
    if found is None:
        return Location(path, 1)
    start = found.start() + found[0].index(key)
    return Location.at(path, text, start, start + len(key))
