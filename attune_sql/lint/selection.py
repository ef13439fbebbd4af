"""`exclude_rules` of the nearest sqlfluff configuration, so that both engines leave out the same rules."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from attune_sql.lint.codes import BY_CODE
from attune_sql.lint.configuration import INI, TOML, sections


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
        if (folder / INI).is_file():
            return str(sections(folder / INI).get("core", {}).get("exclude_rules", ""))
        core = sections(folder / TOML).get("core", {})
        if "exclude_rules" in core:
            return str(core["exclude_rules"])
    return ""
