"""Verdict: the answer to "can this be NULL?". Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a value can be NULL, and why.

    `text` is the cause in plain words, without "nullable" or "not null" before it; `position` the 0-based character
    offset of the responsible token in the SQL that was sent, or None. `unknown` marks what is called nullable only
    because nothing is known of it.
    """

    nullable: bool
    text: str
    position: int | None = None
    unknown: bool = False

    def at(self, location: int) -> Verdict:
        """Return the same with a place, where it has none yet and the tree knows one."""
        return replace(self, position=location) if self.position is None and location >= 0 else self

    def within(self, prefix: str) -> Verdict:
        """Return the same with the place in words before its text."""
        return replace(self, text=f"{prefix}: {self.text}")


def never(text: str, location: int = -1) -> Verdict:
    """Make the verdict "not null"."""
    return Verdict(False, text, location if location >= 0 else None)


def maybe(text: str, location: int = -1) -> Verdict:
    """Make the verdict "nullable", for a known cause."""
    return Verdict(True, text, location if location >= 0 else None)


def unknown(text: str, location: int = -1) -> Verdict:
    """Make the verdict "nullable" for what is not known."""
    return Verdict(True, text, location if location >= 0 else None, unknown=True)


def worst(verdicts: list[Verdict]) -> Verdict | None:
    """Return the first nullable one, a known cause before an unknown one; None where all are not null."""
    nullable = [each for each in verdicts if each.nullable]
    return next((each for each in nullable if not each.unknown), nullable[0] if nullable else None)
