"""One file's text as the text rules see it: words, their brackets, its parameters. Values only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from attune_sql.errors import SourceError
from attune_sql.lint.settings import LintSettings
from attune_sql.source.header import is_name_line
from attune_sql.source.placeholders import is_slice, may_slice
from attune_sql.source.scan import BLANK, Kind, Token, runs_of, scan, scan_runs, tokens_of, words_of

_DEFAULTS = LintSettings()


class TextFinding(NamedTuple):
    """One thing wrong at `text[start:end]` of the file: a sentence, and what to do about it (or None)."""

    start: int
    end: int
    message: str
    help: str | None = None

    @property
    def advised(self) -> str:
        """The sentence with the advice, for sqlfluff, which has no other place for it."""
        return f"{self.message.removesuffix('.')}: {self.help}." if self.help else self.message


class Body(NamedTuple):
    """A file, up to where a string, quote or comment never ends.

    `runs` are its tokens, in runs; `written` the texts of the single ones without blanks and comments, `words` the same
    in upper case, and `depths` counts the brackets around each. `parameters` are the `:name` that stand for values,
    none where no query is named, and `values` their indices in `words`.
    """

    text: str
    path: Path
    settings: LintSettings
    runs: tuple[Token, ...]
    written: tuple[str, ...]
    words: tuple[str, ...]
    depths: tuple[int, ...]
    name_lines: tuple[Token, ...]
    parameters: tuple[Token, ...]
    values: frozenset[int]

    @classmethod
    def read(cls, text: str, path: Path, settings: LintSettings = _DEFAULTS) -> Body:
        """Scan a text; what follows a string, quote or comment that never ends is not looked at."""
        runs = _until_broken(runs_of, scan_runs, text, path)
        written: list[str] = []
        lines: list[Token] = []
        indices: dict[int, int] = {}
        for token in runs:
            kind, start, end = token
            if kind is Kind.RUN:
                written += words_of(text[start:end])
            elif kind is Kind.LINE_COMMENT and _opens_query(text, token):
                lines.append(token)
            elif kind not in BLANK:
                indices[start] = len(written)
                written.append(text[start:end])
        parameters = _parameters(text, path, runs, lines)
        return cls(
            text,
            path,
            settings,
            runs=runs,
            written=tuple(written),
            words=tuple(map(str.upper, written)),
            depths=_depths(written),
            name_lines=tuple(lines),
            parameters=parameters,
            values=frozenset(indices[token.start] for token in parameters),
        )

    @property
    def code(self) -> tuple[Token, ...]:
        """The tokens whose texts are `words`: for the places of what is wrong, since they take long to tell apart."""
        return _code(self.text, self.path)

    def part(self, token: Token) -> str:
        """Return the text of a token."""
        return self.text[token.start : token.end]

    def word(self, index: int) -> str:
        """Return the word at an index, or an empty text beyond the ends."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def closing(self, index: int) -> int:
        """Return the index of the bracket that closes the one at `index` of `words`, or the end."""
        depth = self.depths[index]
        after = range(index + 1, len(self.words))
        return next((each for each in after if self.depths[each] == depth), len(self.words))


def _until_broken(
    whole: Callable[[str, Path], tuple[Token, ...]],
    scanner: Callable[[str, Path], Iterator[Token]],
    text: str,
    path: Path,
) -> tuple[Token, ...]:
    tokens: list[Token] = []
    try:
        return whole(text, path)
    except SourceError:
        # AT07 and the templater report what never ends; what is found before it is still true.
        with suppress(SourceError):
            for token in scanner(text, path):
                tokens.append(token)
    return tuple(tokens)


@lru_cache(maxsize=4)
def _code(text: str, path: Path) -> tuple[Token, ...]:
    return tuple(token for token in _until_broken(tokens_of, scan, text, path) if token.kind not in BLANK)


def _depths(words: list[str]) -> tuple[int, ...]:
    depths: list[int] = []
    depth = 0
    for word in words:
        if word in (")", "]"):
            depth -= 1
        depths.append(depth)
        if word in ("(", "["):
            depth += 1
    return tuple(depths)


def _opens_query(text: str, token: Token) -> bool:
    line_start = text.rfind("\n", 0, token.start) + 1
    return is_name_line(text[token.start : token.end]) and not text[line_start : token.start].strip()


def _parameters(text: str, path: Path, runs: tuple[Token, ...], name_lines: list[Token]) -> tuple[Token, ...]:
    if not name_lines:
        return ()
    tokens = _until_broken(tokens_of, scan, text, path) if may_slice(text) else runs
    headers = [text[line.start : line.end].partition("(")[2].partition(")")[0] for line in name_lines]
    declared = [name.strip() for header in headers for name in header.split(",")]
    found: list[Token] = []
    brackets = 0
    for index, token in enumerate(tokens):
        if token.kind is Kind.PARAMETER:
            if not (brackets > 0 and is_slice(tokens, index, text, declared)):
                found.append(token)
        elif token.kind is Kind.OPEN_BRACKET:
            brackets += 1
        elif token.kind is Kind.CLOSE_BRACKET:
            brackets -= 1
    return tuple(found)
