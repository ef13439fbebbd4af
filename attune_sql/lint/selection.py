"""`exclude_rules` of the nearest sqlfluff configuration, so that both engines leave out the same rules."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from attune_sql.lint.codes import BY_CODE


def excluded(start: Path) -> Callable[[str], bool]:
    """Return a test of rules by their codes: is this one left out in the folder `start`?"""
    patterns = [each.strip() for each in _exclude_rules(start.absolute()).split(",") if each.strip()]

    def is_excluded(code: str) -> bool:
        rule = BY_CODE.get(code)
        words = (code, rule.full_name, "attune") if rule else (code,)
        return any(fnmatchcase(word, pattern) for pattern in patterns for word in words)

    return is_excluded


def _exclude_rules(start: Path) -> str:
    for folder in (start, *start.parents):
        if (ini := folder / ".sqlfluff").is_file():
            parser = configparser.ConfigParser(delimiters="=", interpolation=None, strict=False)
            parser.read_string(ini.read_text(encoding="utf-8"), str(ini))
            return parser.get("sqlfluff", "exclude_rules", fallback="")
        if (toml := folder / "pyproject.toml").is_file():
            core = tomllib.loads(toml.read_text(encoding="utf-8")).get("tool", {}).get("sqlfluff", {}).get("core", {})
            if "exclude_rules" in core:
                return str(core["exclude_rules"])
    return ""
