"""What a rule of the fast engine says: Violation and Edit. Values only; offsets are bytes of the parsed text."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """A change that mends a violation: the bytes `start:end` become `text`."""

    start: int
    end: int
    text: str


class Violation(NamedTuple):
    """One thing wrong at the byte `start`: code of the rule, one sentence, what to do, a safe edit or None."""

    code: str
    start: int
    message: str
    help: str | None = None
    edit: Edit | None = None
