"""A regular expression → strings that match it: what the CHECK of a `ref` or a `version` asks for. Pure.

Reads what PostgreSQL and Python have in common: groups, classes, alternatives, quantifiers. Source: PostgreSQL manual,
"POSIX Regular Expressions".
"""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass

_QUANTIFIER = re.compile(r"(?:(?P<mark>[*+?])|\{(?P<low>\d+)(?P<comma>,)?(?P<high>\d+)?\})\??")
_ESCAPES = {"d": string.digits, "w": f"{string.ascii_lowercase}{string.digits}_", "s": " "}
_NAMED = {
    "alpha": string.ascii_letters,
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "digit": string.digits,
    "alnum": f"{string.ascii_letters}{string.digits}",
    "space": " ",
    "punct": ".-_",
    "xdigit": string.hexdigits,
}
_PRINTABLE = f"{string.ascii_letters}{string.digits} .-_:/@,"
_MORE = 4
_MOST = 255  # as PostgreSQL has it, DUPMAX


@dataclass(frozen=True, slots=True)
class _One:
    """One character of some."""

    characters: str


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A part, `low` to `high` times."""

    part: _Part
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several sequences of parts."""

    sequences: tuple[tuple[_Part, ...], ...]


_Part = _One | _Repeated | _Choice


class UnreadableError(ValueError):
    """A regular expression with something in it that is not read here: look-around, a back reference."""


def matching(pattern: str, dice: random.Random) -> str:
    """Draw a string that the pattern matches, anchored or not; raises UnreadableError."""
    reader = _Reader(pattern)
    parsed = reader.choice()
    if reader.index != len(pattern):
        raise UnreadableError(pattern)
    return _drawn(parsed, dice)


def _drawn(part: _Part, dice: random.Random) -> str:
    match part:
        case _One(characters):
            return dice.choice(characters)
        case _Repeated(inner, low, high):
            return "".join(_drawn(inner, dice) for _ in range(dice.randint(low, high)))
        case _Choice(sequences):
            return "".join(_drawn(each, dice) for each in dice.choice(sequences))


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.index = 0

    def choice(self) -> _Choice:
        sequences = [self._sequence()]
        while self._peek() == "|":
            self.index += 1
            sequences.append(self._sequence())
        return _Choice(tuple(sequences))

    def _sequence(self) -> tuple[_Part, ...]:
        parts: list[_Part] = []
        while (char := self._peek()) and char not in "|)":
            if char in "^$":
                self.index += 1
            else:
                parts.append(self._quantified(self._atom()))
        return tuple(parts)

    def _quantified(self, part: _Part) -> _Part:
        found = _QUANTIFIER.match(self._pattern, self.index)
        if found is None:
            return part
        self.index = found.end()
        match found["mark"]:
            case "*":
                return _Repeated(part, 0, _MORE)
            case "+":
                return _Repeated(part, 1, _MORE)
            case "?":
                return _Repeated(part, 0, 1)
        if max(int(found["low"]), int(found["high"] or 0)) > _MOST:
            raise UnreadableError(self._pattern)
        low = int(found["low"])
        high = int(found["high"]) if found["high"] else low + _MORE if found["comma"] else low
        return _Repeated(part, low, max(low, high))

    def _atom(self) -> _Part:
        char = self._next()
        if char == "(":
            if self._pattern.startswith("?:", self.index):
                self.index += 2
            elif self._peek() == "?":
                raise UnreadableError(self._pattern)
            inner = self.choice()
            if self._next() != ")":
                raise UnreadableError(self._pattern)
            return inner
        if char == "[":
            return _One(self._members())
        if char == "\\":
            return _One(self._escaped())
        return _One(_PRINTABLE if char == "." else char)

    def _escaped(self) -> str:
        char = self._next()
        if char.isalnum() and char not in _ESCAPES:
            raise UnreadableError(self._pattern)
        return _ESCAPES.get(char, char)

    def _members(self) -> str:
        negated = self._peek() == "^"
        self.index += negated
        members = ""
        first = True
        while first or self._peek() != "]":
            first = False
            if self._pattern.startswith("[:", self.index):
                end = self._pattern.find(":]", self.index)
                members += _NAMED.get(self._pattern[self.index + 2 : end], "")
                self.index = end + 2
                continue
            char = self._next()
            low = self._escaped() if char == "\\" else char
            if (
                self._peek() == "-"
                and self._pattern[self.index + 1 : self.index + 2] not in ("]", "")
                and len(low) == 1
            ):
                self.index += 1
                members += "".join(map(chr, range(ord(low), ord(self._next()) + 1)))
            else:
                members += low
        self.index += 1
        chosen = "".join(each for each in _PRINTABLE if each not in members) if negated else members
        if not chosen:
            raise UnreadableError(self._pattern)
        return chosen

    def _peek(self) -> str:
        return self._pattern[self.index : self.index + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise UnreadableError(self._pattern)
        self.index += 1
        return char
