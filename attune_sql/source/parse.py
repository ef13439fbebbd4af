"""One file's text → its Operations: composes scanner, header and parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.location import Location
from attune_sql.source.header import Header, is_name_line, read_name_line
from attune_sql.source.operation import GIVEN, Operation, Operator, Parameter
from attune_sql.source.placeholders import Converted, convert, may_slice
from attune_sql.source.scan import BLANK, Kind, Token, runs_of, tokens_of
from attune_sql.source.tags import read_comment_line

_ATOMIC_BODY = re.compile(r"\bBEGIN\s+ATOMIC\b", re.IGNORECASE)


def parse(text: str, path: Path, namespace: tuple[str, ...] = ()) -> list[Operation]:
    """Read every operation of one file.

    `text` is the whole file, `namespace` the folders above it as the caller names them. Raises SourceError with the
    place and a help line for whatever aiosql, psycopg and PostgreSQL would read differently.
    """
    # Runs of tokens are many times as fast. Whether a colon is that of a slice, and the exact place of a mistake, only
    # the single tokens tell.
    if not may_slice(text):
        try:
            return _operations(runs_of(text, path), text, path, namespace)
        except SourceError:
            pass
    return _operations(tokens_of(text, path), text, path, namespace)


def _operations(tokens: tuple[Token, ...], text: str, path: Path, namespace: tuple[str, ...]) -> list[Operation]:
    starts = [
        index for index, token in enumerate(tokens) if token.kind is Kind.LINE_COMMENT and _opens_query(token, text)
    ]
    before = tokens[: starts[0]] if starts else tokens
    if stray := next((token for token in before if token.kind not in BLANK), None):
        raise SourceError(
            "SQL stands before the first name line",
            location=Location.at(path, text, stray.start, stray.end),
            help="begin the query with `-- name: operation(parameters)`",
            rule="header",
        )
    if not starts:
        raise SourceError(
            "the file holds no query",
            location=Location(path, 1),
            help="begin it with `-- name: operation(parameters)`",
            rule="header",
        )
    ends = [*starts[1:], len(tokens)]
    return [_operation(tokens[start:end], text, path, namespace) for start, end in zip(starts, ends, strict=True)]


def _opens_query(comment: Token, text: str) -> bool:
    """Tell whether a line comment is a name line: one that begins its line."""
    if text[text.rfind("\n", 0, comment.start) + 1 : comment.start].strip():
        return False
    return is_name_line(text[comment.start : comment.end])


def _operation(tokens: Sequence[Token], text: str, path: Path, namespace: tuple[str, ...]) -> Operation:
    body_start, header = _read_header(tokens, text, path)
    body = list(tokens[body_start:])
    while body and body[-1].kind is Kind.SPACE:
        body.pop()
    if all(token.kind in BLANK or token.kind is Kind.SEMICOLON for token in body):
        raise SourceError(
            f"the query {header.name!r} is empty", location=header.location, help="write its SQL", rule="header"
        )
    if header.operator is not Operator.SCRIPT:
        _refuse_second_statement(body, text, path)
    converted = convert(body, text, path, header.parameters)
    _refuse_unused(header, converted)
    return Operation(
        namespace=namespace,
        name=header.name,
        operator=header.operator,
        parameters=tuple(_parameter(name, header, converted) for name in header.parameters),
        arguments=converted.arguments,
        sentence="\n".join(header.sentences),
        sql=converted.sql,
        segments=converted.segments,
        path=path,
        text=text,
        header=header.location,
        overrides=tuple(header.overrides),
        json_types=tuple(header.json_types),
    )


def _read_header(tokens: Sequence[Token], text: str, path: Path) -> tuple[int, Header]:
    """Read the comment lines up to the first line of SQL; returns the index of its first token and the header."""
    first = tokens[0]
    line = text[first.start : first.end]
    header = read_name_line(line.rstrip(), Location.at(path, text, first.start, first.end))
    index = 1
    while index < len(tokens) and tokens[index].kind in (Kind.SPACE, Kind.LINE_COMMENT):
        token = tokens[index]
        if token.kind is Kind.LINE_COMMENT:
            read_comment_line(header, text[token.start : token.end], Location.at(path, text, token.start, token.end))
        index += 1
    return index, header


def _refuse_second_statement(body: Sequence[Token], text: str, path: Path) -> None:
    end = next((index for index, token in enumerate(body) if token.kind is Kind.SEMICOLON), len(body))
    second = next((token for token in body[end + 1 :] if token.kind not in BLANK), None)
    if second is None or _ATOMIC_BODY.search(text, body[0].start, body[-1].end):
        return
    raise SourceError(
        "a second statement stands under one name line",
        location=Location.at(path, text, second.start, second.end),
        help="give it a file and a name of its own, or make the query a script with the operator #",
        rule="one-statement",
    )


def _refuse_unused(header: Header, converted: Converted) -> None:
    for name in header.parameters:
        if name not in converted.casts:
            raise SourceError(
                f"the parameter {name!r} is declared but never used",
                location=header.location,
                help=f"use :{name} in the SQL or remove it from the name line",
                rule="parameter",
            )
    if GIVEN in header.parameters and (converted.casts[GIVEN] or "text[]").replace(" ", "") != "text[]":
        raise SourceError(
            f"{GIVEN!r} is a list of names and must be text[]",
            location=header.location,
            help=f"write :{GIVEN}::text[]",
            rule="parameter",
        )


def _parameter(name: str, header: Header, converted: Converted) -> Parameter:
    return Parameter(name, converted.casts[name], optional=name in header.optional)
