"""One file's text as the text rules see it: tokens, their brackets, its parameters. Values only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.lint.settings import LintSettings
from attune_sql.source.header import is_name_line
from attune_sql.source.placeholders import is_slice
from attune_sql.source.scan import BLANK, Kind, Token, scan, tokens_of

_DEFAULTS = LintSettings()


@dataclass(frozen=True, slots=True)
class TextFinding:
    """One thing wrong at `text[start:end]` of the file: a sentence, and what to do about it (or None)."""

    start: int
    end: int
    message: str
    help: str | None = None

    @property
    def advised(self) -> str:
        """The sentence with the advice, for sqlfluff, which has no other place for it."""
        return f"{self.message.removesuffix('.')}: {self.help}." if self.help else self.message


@dataclass(frozen=True, slots=True)
class Body:
    """A file: all its `tokens` up to where one never ends, and in `code` those that are no blanks and no comments.

    `words` are the texts of `code` in upper case, `depths` counts the brackets around each; `parameters` are the
    `:name` that stand for values, none where no query is named.
    """

    text: str
    path: Path
    settings: LintSettings
    tokens: tuple[Token, ...]
    code: tuple[Token, ...]
    words: tuple[str, ...]
    depths: tuple[int, ...]
    name_lines: tuple[Token, ...]
    parameters: tuple[Token, ...]

    @classmethod
    def read(cls, text: str, path: Path, settings: LintSettings = _DEFAULTS) -> Body:
        """Scan a text; what follows a string, quote or comment that never ends is not looked at."""
        tokens = _tokens(text, path)
        code = [token for token in tokens if token.kind not in BLANK]
        depths, depth = list[int](), 0
        for token in code:
            mark = text[token.start : token.end]
            depth -= mark in (")", "]")
            depths.append(depth)
            depth += mark in ("(", "[")
        lines = tuple(each for each in tokens if each.kind is Kind.LINE_COMMENT and _opens_query(text, each))
        words = tuple(text[token.start : token.end].upper() for token in code)
        values = _values(text, tokens, lines)
        return cls(text, path, settings, tokens, tuple(code), words, tuple(depths), lines, values)

    def part(self, token: Token) -> str:
        """Return the text of a token."""
        return self.text[token.start : token.end]

    def word(self, index: int) -> str:
        """Return the token at an index of `code` in upper case, or an empty text beyond its ends."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def closing(self, index: int) -> int:
        """Return the index of the bracket that closes the one at `index` of `code`, or the end."""
        depth = self.depths[index]
        after = range(index + 1, len(self.code))
        return next((each for each in after if self.depths[each] == depth), len(self.code))


def _tokens(text: str, path: Path) -> tuple[Token, ...]:
    tokens: list[Token] = []
    try:
        return tokens_of(text, path)
    except SourceError:
        # AT07 and the templater report what never ends; what is found before it is still true.
        with suppress(SourceError):
            for token in scan(text, path):
                tokens.append(token)
    return tuple(tokens)


def _opens_query(text: str, token: Token) -> bool:
    line_start = text.rfind("\n", 0, token.start) + 1
    return is_name_line(text[token.start : token.end]) and not text[line_start : token.start].strip()


def _values(text: str, tokens: tuple[Token, ...], name_lines: tuple[Token, ...]) -> tuple[Token, ...]:
    if not name_lines:
        return ()
    headers = [text[line.start : line.end].partition("(")[2].partition(")")[0] for line in name_lines]
    declared = [name.strip() for header in headers for name in header.split(",")]
    found: list[Token] = []
    brackets = 0
    for index, token in enumerate(tokens):
        brackets += (token.kind is Kind.OPEN_BRACKET) - (token.kind is Kind.CLOSE_BRACKET)
        if token.kind is Kind.PARAMETER and not (brackets > 0 and is_slice(tokens, index, text, declared)):
            found.append(token)
    return tuple(found)
