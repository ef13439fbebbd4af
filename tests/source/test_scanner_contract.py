"""Our scanner against PostgreSQL's own, as libpg_query carries it: strings, names, comments and parameters end alike.

Every character of a text belongs to a string, a quoted name, a comment, a numbered parameter, or to the SQL between
them. Both scanners must say the same of every character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from postgast import PgQueryError, scan
from psycopg.errors import Diagnostic

from attune_sql.errors import SourceError
from attune_sql.runtime.loader import load
from attune_sql.source.operation import GIVEN, Operation, Operator
from attune_sql.source.parse import parse
from attune_sql.source.scan import Kind
from attune_sql.source.scan import scan as own_scan
from attune_sql.source.tree import read_tree
from tests.source.test_parse import RIGHT

CHECKOUT = Path(__file__).resolve().parents[2]
HERE = Path("query.sql")
QUERIES = read_tree(CHECKOUT / "queries")
MIGRATIONS = sorted((CHECKOUT / "migrations").glob("*.sql"))

STRING, NAME, COMMENT, POSITIONAL, CAST, ASSIGN, SEMICOLON, OTHER = 's"-$:=;.'
_OWN = {
    Kind.STRING: STRING,
    Kind.DOLLAR_STRING: STRING,
    Kind.QUOTED_NAME: NAME,
    Kind.LINE_COMMENT: COMMENT,
    Kind.BLOCK_COMMENT: COMMENT,
    Kind.POSITIONAL: POSITIONAL,
    Kind.CAST: CAST,
    Kind.ASSIGN: ASSIGN,
    Kind.SEMICOLON: SEMICOLON,
}
_POSTGRESQL = {
    **dict.fromkeys(("SCONST", "USCONST", "BCONST", "XCONST"), STRING),
    **dict.fromkeys(("SQL_COMMENT", "C_COMMENT"), COMMENT),
    "PARAM": POSITIONAL,
    "TYPECAST": CAST,
    "COLON_EQUALS": ASSIGN,
    "ASCII_59": SEMICOLON,
}


def painted(text: str, spans: Iterator[tuple[str, int, int]]) -> str:
    """Write a mark for each character of a text, and a blank for white space, whatever it belongs to."""
    marks = [OTHER] * len(text)
    for mark, start, end in spans:
        marks[start:end] = mark * (end - start)
    return "".join(" " if char in " \t\n\r\f\v" else mark for char, mark in zip(text, marks, strict=True))


def by_us(text: str) -> str:
    tokens = own_scan(text, HERE)
    return painted(text, ((_OWN[each.kind], each.start, each.end) for each in tokens if each.kind in _OWN))


def by_postgresql(text: str) -> str:
    return painted(text, _spans(text))


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    raw = text.encode()
    kinds: Any = None
    for token in scan(text).tokens:
        kinds = kinds or type(token).DESCRIPTOR.fields_by_name["token"].enum_type.values_by_number
        # A character that no token begins with is told by its code.
        name = kinds[token.token].name if token.token in kinds else ""
        start, end = (len(raw[:offset].decode()) for offset in (token.start, token.end))
        mark = NAME if name in ("IDENT", "UIDENT") and text[end - 1] == '"' else _POSTGRESQL.get(name)
        if mark in (STRING, NAME):
            # The letters before the quote (B, N, U&) are words for us, but for E, which changes what a backslash is.
            letters = re.match(r"[^'\"$]*", text[start:end])
            start += letters.end() - (letters[0].lower() == "e") if letters else 0
        if mark is not None:
            yield mark, start, end


@pytest.mark.parametrize("operation", QUERIES, ids=lambda each: each.full_name)
def test_a_query_file_and_what_is_sent_are_read_as_postgresql_reads_them(operation: Operation) -> None:
    assert by_us(operation.sql) == by_postgresql(operation.sql)
    assert len(operation.arguments) == len(_numbers(operation.sql))


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda each: each.name)
def test_a_migration_is_read_as_postgresql_reads_it(path: Path) -> None:
    text = path.read_text()
    assert by_us(text) == by_postgresql(text)


@pytest.mark.parametrize("case", RIGHT)
def test_what_loaders_get_wrong_is_read_as_postgresql_reads_it(case: str) -> None:
    parameters, sql, _ = RIGHT[case]
    (operation,) = parse(f"-- name: f{parameters}\n{sql}\n", HERE)
    assert by_us(operation.sql) == by_postgresql(operation.sql)
    assert _numbers(operation.sql) == set(range(1, len(operation.arguments) + 1))


def _numbers(sql: str) -> set[int]:
    """The numbers of the parameters, as PostgreSQL finds them."""
    raw = sql.encode()
    tokens = [raw[each.start : each.end].decode() for each in scan(sql).tokens]
    return {int(each[1:]) for each in tokens if each[:1] == "$" and each[1:].isdigit()}


# libpg_query makes tokens of comments, and so ends a string before one; the server itself goes on.
GOES_ON_AFTER_A_COMMENT = re.compile(r"'[^']*--[^']*[\n\r][^']*'")

# A parameter ends before a dollar or a quote, as a variable of psql does; what is sent has $n in its place.
PARAMETER_BEFORE_A_QUOTE = re.compile(r":[^\x00-\x40\[-^`{-\x7f]+\w*[$'\"&]")


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("'a'\n'b'", "ab"),
        ("'a' -- x\n'b'", "ab"),
        ("'a'\n-- x\n'b'", "ab"),
        ("E'a'\n--x\n'\\' :y'", "a' :y"),
        ("E'a' --x\r\n '\\' :y'", "a' :y"),
    ],
)
def test_a_string_goes_on_after_a_line_break_as_the_server_has_it(
    sql: str, value: str, conn: psycopg.Connection[Any]
) -> None:
    row = conn.execute(f"SELECT {sql}".encode()).fetchone()
    assert row == (value,)
    assert [(each.kind, each.end) for each in own_scan(sql, HERE)] == [(Kind.STRING, len(sql))]


SOUP = st.lists(
    st.sampled_from(
        [
            *("'", "''", '"', '""', "$$", "$q$", "$1", "$23", "/*", "*/", "--", "\n", "\r", "\r\n", " ", "\t"),
            *(":", "::", ":=", ":x", ";", "\\", "E'", "e'", "U&'", 'U&"', "B'", "x'", "N'", "a", "ab1", "e", "a$b"),
            *("1", "1.5", "1e5", "0x1F", "1_000", "[", "]", "(", ")", "+", "-", "*", "/", "<", "=", "?", "%", "@"),
            *("é", "日本", "\u00a0", "\u2003", "\x85", "\x1c", "_", "$", "&", "|", "#", "~", "!", ".", ",", "%s"),
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=1000)
@given(SOUP)
@example("-- a\rSELECT :x")
@example("a\u00a0:x")
@example("\u00a0")
def test_any_text_that_postgresql_can_scan_is_scanned_alike(text: str) -> None:
    try:
        wanted = by_postgresql(text)
    except PgQueryError:
        return
    if GOES_ON_AFTER_A_COMMENT.search(text) or PARAMETER_BEFORE_A_QUOTE.search(text):
        return
    try:
        found = by_us(text)
    except SourceError:
        found = "refused"
    assert found == wanted


@pytest.mark.parametrize("operation", QUERIES, ids=lambda each: each.full_name)
def test_a_loaded_callable_sends_the_text_that_was_checked(operation: Operation, conn: psycopg.Connection[Any]) -> None:
    heard: list[str] = []

    def hear(diagnostic: Diagnostic) -> None:
        message = diagnostic.message_primary or ""
        if message.startswith(("execute ", "statement: ")):
            heard.append(message.partition(": ")[2])

    call: Any = load(operation.path)
    call = getattr(call, operation.name)
    assert operation.operator is not Operator.SCRIPT
    arguments = {each.name: None for each in operation.parameters if each.name != GIVEN}
    conn.execute("SET LOCAL log_statement = 'all'; SET LOCAL client_min_messages = 'log'")
    conn.add_notice_handler(hear)
    try:
        if operation.operator is Operator.MANY:
            call(conn, [arguments])
        else:
            call(conn, **arguments)
    except psycopg.Error:
        # A NULL may be refused by the table: by then the text has been sent.
        pass
    assert operation.sql in heard
