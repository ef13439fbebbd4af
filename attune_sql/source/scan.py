"""The one lexer: cuts SQL text into tokens at exact character offsets, as PostgreSQL's own scanner does.

Only what decides the meaning of a colon, a semicolon or a comment is told apart: strings, quoted identifiers, dollar
quotes, nested comments, casts and `:parameters`. Source: PostgreSQL manual, chapter 4.1 "Lexical Structure".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import IntEnum, auto
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from attune_sql.errors import SourceError
from attune_sql.location import Location


# An IntEnum: its members are hashed without running Python, and every token is looked up in a set or two.
class Kind(IntEnum):
    """What a token is."""

    SPACE = auto()
    LINE_COMMENT = auto()
    BLOCK_COMMENT = auto()
    STRING = auto()
    DOLLAR_STRING = auto()
    QUOTED_NAME = auto()
    WORD = auto()
    NUMBER = auto()
    CAST = auto()
    ASSIGN = auto()
    PARAMETER = auto()
    POSITIONAL = auto()
    SEMICOLON = auto()
    OPEN_BRACKET = auto()
    CLOSE_BRACKET = auto()
    OTHER = auto()
    RUN = auto()


BLANK = frozenset({Kind.SPACE, Kind.LINE_COMMENT, Kind.BLOCK_COMMENT})


# A NamedTuple: a file has hundreds of tokens, and a frozen dataclass takes three times as long to make.
class Token(NamedTuple):
    """One token of a text: `text[start:end]`, in 0-based character offsets."""

    kind: Kind
    start: int
    end: int


# Letters, underscore and whatever is not ASCII; said by what they are not, which compiles many times as fast.
_NAME_START = r"[^\x00-@\[-^`{-\x7f]"
_NAME_PART = r"[^\x00-/:-@\[-^`{-\x7f]"
_WORD_PART = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_WORD = rf"{_NAME_START}{_WORD_PART}*"
_NUMBER = r"[0-9][0-9_a-zA-Z.]*"
_BLANK = r"[ \t\n\r\f\v]"
# The alternatives are tried in order, so what begins with a longer mark stands first.
_EACH = rf"""
  (?P<SPACE>{_BLANK}+)
 |(?P<LINE_COMMENT>--[^\n\r]*)
 |(?P<BLOCK_COMMENT>/\*)
 |(?P<DOLLAR_STRING>\$(?:{_NAME_START}{_NAME_PART}*)?\$)
 |(?P<POSITIONAL>\$[0-9]+)
 |(?P<ESCAPE_STRING>[eE]')
 |(?P<STRING>')
 |(?P<QUOTED_NAME>")
 |(?P<WORD>{_WORD})
 |(?P<NUMBER>{_NUMBER})
 |(?P<CAST>::)
 |(?P<ASSIGN>:=)
 |(?P<PARAMETER>:{_NAME_START}{_NAME_PART}*)
 |(?P<SEMICOLON>;)
 |(?P<OPEN_BRACKET>\[)
 |(?P<CLOSE_BRACKET>\])
 |(?P<OTHER>.)
"""
# Words, numbers and marks that neither open anything nor stand for a parameter, with the space between them.
_PLAIN = rf"(?:(?![eE]'){_WORD}|{_NUMBER}|::|-(?!-)|/(?!\*)|[!#%&()*+,.<=>?@\\^`{{|}}~])"
_TOKENS = re.compile(_EACH, re.VERBOSE | re.DOTALL)
_RUNS = re.compile(rf"(?P<RUN>{_PLAIN}+(?:{_BLANK}+{_PLAIN}+)*)|{_EACH}", re.VERBOSE | re.DOTALL)
# A string goes on after a line break, comments or not, and keeps the escape rules of its first part.
_GOES_ON = r"(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'"
_STRING_END = re.compile(rf"(?:[^']|'')*'(?:{_GOES_ON}(?:[^']|'')*')*")
_ESCAPE_STRING_END = re.compile(rf"(?:[^'\\]|\\.|'')*'(?:{_GOES_ON}(?:[^'\\]|\\.|'')*')*", re.DOTALL)
_QUOTED_NAME_END = re.compile(r'(?:[^"]|"")*"')
_BLOCK_COMMENT_MARK = re.compile(r"/\*|\*/")

_ENDS: dict[str, re.Pattern[str]] = {
    "STRING": _STRING_END,
    "ESCAPE_STRING": _ESCAPE_STRING_END,
    "QUOTED_NAME": _QUOTED_NAME_END,
}
_OPENINGS = frozenset({"BLOCK_COMMENT", "DOLLAR_STRING", *_ENDS})
_KINDS: dict[str, Kind] = {**Kind.__members__, "ESCAPE_STRING": Kind.STRING}


@lru_cache(maxsize=4)
def tokens_of(text: str, path: Path) -> tuple[Token, ...]:
    """Return every token of `text` as `scan` yields them; kept for the texts read last, which rules read repeatedly."""
    return tuple(scan(text, path))


def scan(text: str, path: Path) -> Iterator[Token]:
    """Yield every token of `text`, white space included, so that the tokens joined give the text again.

    Raises SourceError at the opening mark of a string, quoted name, dollar quote or comment that never ends.
    """
    return _cut(text, path, _TOKENS.match)


def scan_runs(text: str, path: Path) -> Iterator[Token]:
    """Yield the same tokens as `scan`, but those between two of meaning for parameters as one, of the kind RUN.

    These are words, numbers, casts and marks, and the space between them. There are a tenth as many.
    """
    return _cut(text, path, _RUNS.match)


def _cut(text: str, path: Path, match: Callable[[str, int], re.Match[str] | None]) -> Iterator[Token]:
    position, size = 0, len(text)
    while position < size:
        found = match(text, position)
        assert found is not None  # the last alternative takes any character
        group, end = found.lastgroup, found.end()
        assert group is not None
        if group in _OPENINGS:
            end = _end(group, text, path, position, end)
        yield Token(_KINDS[group], position, end)
        position = end


def _end(group: str, text: str, path: Path, start: int, end: int) -> int:
    """Find the end of what an opening mark at `start:end` begins."""
    if group == "BLOCK_COMMENT":
        return _block_comment_end(text, path, start)
    if group == "DOLLAR_STRING":
        mark = text[start:end]
        close = text.find(mark, end)
        return _closed(close + len(mark) if close >= 0 else None, text, path, start, f"the {mark} quote")
    closing = _ENDS[group].match(text, end)
    what = "the quoted name" if group == "QUOTED_NAME" else "the string"
    return _closed(closing and closing.end(), text, path, start, what)


def _closed(end: int | None, text: str, path: Path, start: int, what: str) -> int:
    if end is None:
        raise SourceError(
            f"{what} that begins here never ends",
            location=Location.at(path, text, start, start + 2),
            help="close it before the end of the file",
            rule="unterminated",
        )
    return end


def _block_comment_end(text: str, path: Path, start: int) -> int:
    depth, position = 1, start + 2
    while depth:
        mark = _BLOCK_COMMENT_MARK.search(text, position)
        if mark is None:
            return _closed(None, text, path, start, "the comment")
        depth += 1 if mark[0] == "/*" else -1
        position = mark.end()
    return position
