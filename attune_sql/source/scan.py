"""The one lexer: cuts SQL text into tokens at exact character offsets, as PostgreSQL's own scanner does.

Only what decides the meaning of a colon, a semicolon or a comment is told apart: strings, quoted identifiers, dollar
quotes, nested comments, casts and `:parameters`. Source: PostgreSQL manual, chapter 4.1 "Lexical Structure".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
# Words, numbers and marks that neither open anything nor stand for a parameter, with the blanks between them. They end
# with a whole one: neither within a name that has a dollar nor with the E of an E'…'.
_WHOLE = rf"(?!(?<={_WORD_PART}){_WORD_PART}|(?<=(?<!{_WORD_PART})[eE])')"
_PLAIN = rf"""[^'":;$\[\]/-]+(?<!{_BLANK}){_WHOLE}"""
_RUN = rf"(?!{_BLANK}|[eE]')(?:{_PLAIN}|::|-(?!-)|/(?!\*))+"
# A string goes on after a line break, comments or not, and keeps the escape rules of its first part. Not possessive,
# which Python 3.11.2 matches wrongly: a comment that must end with its line leaves nothing to try twice.
_GOES_ON = r"[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*"
_ESCAPED = r"'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'"
_DOLLAR_MARK = rf"\$(?:{_NAME_START}{_NAME_PART}*)?\$"
# The alternatives are tried in order, so what begins with a longer mark stands first. OPENING is left with a comment
# that holds another one, and with what never ends.
_TOKENS = re.compile(
    rf"""
  (?P<RUN>{_RUN})
 |(?P<SPACE>{_BLANK}+)
 |(?P<LINE_COMMENT>--[^\n\r]*)
 |(?P<BLOCK_COMMENT>/\*[^*/]*(?:(?:\*(?!/)|/(?!\*))[^*/]*)*\*/)
 |(?P<DOLLAR_STRING>(?P<mark>{_DOLLAR_MARK})[^$]*(?:(?!(?P=mark))\$[^$]*)*(?P=mark))
 |(?P<STRING>'[^']*'(?:(?:{_GOES_ON})?'[^']*')*|[eE]{_ESCAPED}(?:{_GOES_ON}{_ESCAPED})*)
 |(?P<QUOTED_NAME>"[^"]*"(?:"[^"]*")*)
 |(?P<OPENING>/\*|{_DOLLAR_MARK}|[eE]?'|")
 |(?P<POSITIONAL>\$[0-9]+)
 |(?P<WORD>{_WORD})
 |(?P<NUMBER>{_NUMBER})
 |(?P<ASSIGN>:=)
 |(?P<PARAMETER>:{_NAME_START}{_NAME_PART}*)
 |(?P<SEMICOLON>;)
 |(?P<OPEN_BRACKET>\[)
 |(?P<CLOSE_BRACKET>\])
 |(?P<OTHER>.)
""",
    re.VERBOSE | re.DOTALL,
)
_OF_RUN = re.compile(
    rf"(?P<WORD>{_WORD})|(?P<SPACE>{_BLANK}+)|(?P<NUMBER>{_NUMBER})|(?P<CAST>::)|(?P<OTHER>.)", re.DOTALL
)
_WORDS = re.compile(rf"{_WORD}|{_NUMBER}|::|[^ \t\n\r\f\v]")
_COMMENT_MARK = re.compile(r"/\*|\*/")
_KINDS: dict[str | None, Kind] = {kind.name: kind for kind in Kind}


@lru_cache(maxsize=4)
def tokens_of(text: str, path: Path) -> tuple[Token, ...]:
    """Return every token of `text` as `scan` yields them; kept for the texts read last, which rules read repeatedly."""
    return tuple(scan(text, path))


@lru_cache(maxsize=4)
def runs_of(text: str, path: Path) -> tuple[Token, ...]:
    """Return the tokens of `text` as `scan_runs` yields them; kept as those of `tokens_of`."""
    return tuple(scan_runs(text, path))


def words_of(run: str) -> list[str]:
    """Cut the text of a RUN into its words, numbers, casts and marks, without the blanks between them."""
    return _WORDS.findall(run)


def scan(text: str, path: Path) -> Iterator[Token]:
    """Yield every token of `text`, white space included, so that the tokens joined give the text again.

    Raises SourceError at the opening mark of a string, quoted name, dollar quote or comment that never ends.
    """
    for token in scan_runs(text, path):
        if token.kind is Kind.RUN:
            for found in _OF_RUN.finditer(text, token.start, token.end):
                yield Token(_KINDS[found.lastgroup], found.start(), found.end())
        else:
            yield token


def scan_runs(text: str, path: Path) -> Iterator[Token]:
    """Yield the same tokens as `scan`, but those between two of meaning for parameters as one, of the kind RUN.

    These are words, numbers, casts and marks, and the space between them. There are a tenth as many.
    """
    end = 0
    while end < len(text):
        for found in _TOKENS.finditer(text, end):
            start, end = found.span()
            if found.lastgroup == "OPENING":
                end = _nested_comment_end(text, path, start, found[0])
                yield Token(Kind.BLOCK_COMMENT, start, end)
                break
            yield Token(_KINDS[found.lastgroup], start, end)


def _nested_comment_end(text: str, path: Path, start: int, mark: str) -> int:
    """Find the end of a comment that holds others; raises SourceError for it, or whatever else never ends."""
    depth, position = 1, start + len(mark)
    while mark == "/*" and depth and (found := _COMMENT_MARK.search(text, position)):
        depth += 1 if found[0] == mark else -1
        position = found.end()
    if depth:
        what = {"/*": "the comment", '"': "the quoted name", "$": f"the {mark} quote"}
        raise SourceError(
            f"{what.get(mark, what.get(mark[0], 'the string'))} that begins here never ends",
            location=Location.at(path, text, start, start + 2),
            help="close it before the end of the file",
            rule="unterminated",
        )
    return position
