"""`-- noqa` comments: which rules a line silences, as sqlfluff reads them.

Source: sqlfluff's documentation, "Ignoring Errors & Files": `noqa`, `noqa: AT01,AT05`, `noqa: disable=AT01|all`, `noqa:
enable=…`; codes, names (`attune.star`) and globs (`AT*`).
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from attune_sql.errors import SourceError
from attune_sql.lint.codes import BY_CODE
from attune_sql.source.scan import Kind, scan

_NOQA = re.compile(r"(?:--|/\*)\s*noqa\b(?P<rest>.*?)(?:\*/)?\s*$", re.DOTALL)
_RULES = re.compile(r"\s*:\s*(?:(?P<action>disable|enable)\s*=\s*)?(?P<rules>[\w.*,\s-]+)")


class _Comment(NamedTuple):
    line: int
    action: str
    rules: tuple[str, ...]

    def names(self, code: str) -> bool:
        """Tell whether the comment is about a rule; one that names no rule is about all."""
        known = BY_CODE.get(code)
        words = {code, known.full_name if known else code, "attune" if known else code, "all"}
        return not self.rules or any(fnmatchcase(word, rule) for rule in self.rules for word in words)


class Silence(NamedTuple):
    """The `noqa` comments of one file."""

    comments: tuple[_Comment, ...] = ()

    @classmethod
    def of_text(cls, text: str) -> Silence:
        """Find the comments of a file; a text that cannot be cut into tokens has none."""
        if "noqa" not in text:
            return cls()
        try:
            tokens = [each for each in scan(text, Path("noqa")) if each.kind in (Kind.LINE_COMMENT, Kind.BLOCK_COMMENT)]
        except SourceError:
            return cls()
        found = (_read(text[each.start : each.end], text.count("\n", 0, each.start) + 1) for each in tokens)
        return cls(tuple(each for each in found if each))

    def covers(self, code: str, line: int) -> bool:
        """Tell whether a rule is silenced on a line."""
        disabled = False
        for comment in self.comments:
            if not comment.names(code):
                continue
            if not comment.action and comment.line == line:
                return True
            if comment.action and comment.line <= line:
                disabled = comment.action == "disable"
        return disabled


def _read(comment: str, line: int) -> _Comment | None:
    found = _NOQA.search(comment)
    if found is None:
        return None
    listed = _RULES.match(found["rest"])
    if listed is None:
        return _Comment(line, "", ())
    rules = tuple(each.strip() for each in listed["rules"].split(",") if each.strip())
    return _Comment(line, listed["action"] or "", rules)
