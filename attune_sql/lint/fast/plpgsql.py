"""A body in PL/pgSQL → the SQL inside it, each piece with its place. Source: PostgreSQL manual, chapter "PL/pgSQL"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from attune_sql.lint.fast.bodies import Body, header
from attune_sql.lint.fast.library import parse_plpgsql
from attune_sql.lint.fast.text import Text
from attune_sql.source.operation import Segment
from attune_sql.source.scan import BLANK, Token, scan

_TAG = "$attune_body$"
# RawParseMode of PostgreSQL's parser.h: a whole statement, an expression; from 3 on an assignment.
_STATEMENT, _EXPRESSION = 0, 2
_TYPE_ENDS = frozenset({"NOT", "COLLATE", "DEFAULT", ":=", "=", ";"})


def pieces(body: Body, relations: frozenset[str]) -> Iterator[Text]:
    """Yield statements, expressions and declared types as SQL that can be parsed; raises ParserError, SourceError."""
    types = list(_declared_types(body.text))
    for each in types:
        yield from _type_piece(body.text, each)
    plain = body.text.sql
    for each in reversed(types):
        plain = plain[: each.start] + each.plain(relations) + plain[each.end :]
    finder = _Finder(body.text)
    for function in parse_plpgsql(f"{header(body.create, relations)} {_TAG}{plain}{_TAG}"):
        for expression in _expressions(function, 1):
            yield finder.place(expression)


@dataclass(frozen=True, slots=True)
class _DeclaredType:
    """A type in a DECLARE section: `sql[start:end]` of the body."""

    start: int
    end: int
    written: str

    def plain(self, relations: frozenset[str]) -> str:
        """Give a type that PL/pgSQL's parser knows without a catalogue, keeping the lines of the text."""
        if not re.search(r"[.\[]", self.written) or (re.search(r"%\s*(?:ROW)?TYPE$", self.written, re.IGNORECASE)):
            return self.written
        is_row = self.written.rpartition(".")[2].strip().lower() in relations
        return ("record" if is_row else "text") + "\n" * self.written.count("\n")


@dataclass(frozen=True, slots=True)
class _Expression:
    query: str
    mode: int
    line: int
    performs: bool


def _declared_types(text: Text) -> Iterator[_DeclaredType]:
    tokens = [each for each in scan(text.sql, text.path) if each.kind not in BLANK]
    words = [text.sql[each.start : each.end].upper() for each in tokens]
    index = 0
    while index < len(tokens):
        if words[index] != "DECLARE":
            index += 1
            continue
        index += 1
        while index < len(tokens) and words[index] != "BEGIN":
            end = _next(words, index, {";"})
            yield from _types_of_declaration(text, tokens, words, index, end)
            index = end + 1


def _types_of_declaration(
    text: Text, tokens: list[Token], words: list[str], index: int, end: int
) -> Iterator[_DeclaredType]:
    index += 2 if words[index + 1 : index + 2] == ["CONSTANT"] else 1
    if words[index : index + 1] == ["ALIAS"]:
        return
    if "CURSOR" in words[index : index + 3]:
        opening = words.index("CURSOR", index) + 1
        if words[opening : opening + 1] == ["("]:
            index = opening + 1
            while index < end and words[index - 1] != ")":
                stop = _next(words, index, {",", ")"})
                yield from _span(text, tokens, index + 1, stop)
                index = stop + 1
        return
    yield from _span(text, tokens, index, min(_next(words, index, _TYPE_ENDS), end))


def _span(text: Text, tokens: list[Token], first: int, stop: int) -> Iterator[_DeclaredType]:
    if first < stop <= len(tokens):
        start, end = tokens[first].start, tokens[stop - 1].end
        yield _DeclaredType(start, end, text.sql[start:end])


def _next(words: list[str], index: int, ends: set[str] | frozenset[str]) -> int:
    """Find the next of some words that stands outside of parentheses."""
    depth = 0
    while index < len(words):
        if depth == 0 and words[index] in ends:
            return index
        depth += {"(": 1, ")": -1}.get(words[index], 0)
        index += 1
    return index


def _type_piece(text: Text, declared: _DeclaredType) -> Iterator[Text]:
    """Make a type a cast; of `table.column%TYPE` the table is what needs a schema."""
    written, percent, what = declared.written.partition("%")
    if percent and what.strip().upper() == "TYPE":
        written, dot, _ = written.rpartition(".")
        if not dot:
            return
    yield _after("SELECT NULL::", text, declared.start, written.rstrip())


def _expressions(value: Any, line: int, performs: bool = False) -> Iterator[_Expression]:
    """Yield every expression below a node of the PL/pgSQL tree, with the line of its statement in the body."""
    if type(value) is list:
        for each in value:
            yield from _expressions(each, line, performs)
    elif type(value) is dict:
        for key, each in value.items():
            if key == "PLpgSQL_expr":
                yield _Expression(each["query"], each.get("parseMode", 0), line, performs)
            elif type(each) in (dict, list):
                inner = each.get("lineno", line) if type(each) is dict else line
                yield from _expressions(each, inner, key == "PLpgSQL_stmt_perform" or (performs and key == "expr"))


class _Finder:
    """Finds expressions in the body: the tree has their text and the line of their statement, not their offset."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text.sql))]
        self._taken: set[int] = set()

    def place(self, expression: _Expression) -> Text:
        query = expression.query
        if expression.performs:
            # The parser has put SELECT in the place of PERFORM.
            query = query[len("SELECT ") :]
        # INTO and its target are blanked out, so any run of blanks stands for as many characters.
        pattern = "".join(
            rf"[\s\S]{{{len(part)}}}" if part.isspace() and len(part) > 1 else re.escape(part)
            for part in re.split(r"(\s+)", query)
        )
        start = self._lines[min(max(expression.line, 1), len(self._lines)) - 1]
        for found in re.finditer(pattern, self._text.sql[start:]):
            at = start + found.start()
            if at not in self._taken:
                self._taken.add(at)
                return self._piece(expression, query, at)
        # Not found as it is written: at least the line is right.
        return self._piece(expression, query, start)

    def _piece(self, expression: _Expression, query: str, at: int) -> Text:
        end = at + len(query)
        if expression.mode > _EXPRESSION:
            # target := value, or target = value
            target = re.match(r"[^=]*?:?=", query)
            at += target.end() if target else 0
        if expression.mode == _STATEMENT and not expression.performs:
            return Text(self._text.path, self._text.whole, query, _shifted(self._text, at, 0))
        return _after("SELECT ", self._text, at, query[len(query) - (end - at) :])


def _after(prefix: str, text: Text, start: int, sql: str) -> Text:
    """Make SQL that begins with a `prefix` of ours and goes on with the body's text from the character `start`."""
    return Text(text.path, text.whole, prefix + sql, _shifted(text, start, len(prefix)))


def _shifted(text: Text, start: int, by: int) -> tuple[Segment, ...]:
    """Map a part of a body that begins at its character `start` and stands `by` characters later in the new text."""
    first = max((each for each in text.segments if each.converted <= start), key=lambda each: each.converted)
    later = [each for each in text.segments if each.converted > start]
    begin = Segment(0, first.source + (start - first.converted) - by)
    return (begin, *(Segment(each.converted - start + by, each.source) for each in later))
