"""The lexer: tokens as PostgreSQL cuts them, and nothing lost between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune_sql.errors import SourceError
from attune_sql.source.scan import BLANK, Kind, scan, scan_runs, words_of

HERE = Path("query.sql")


def kinds(text: str) -> list[tuple[str, str]]:
    return [
        (token.kind.name, text[token.start : token.end]) for token in scan(text, HERE) if token.kind is not Kind.SPACE
    ]


CASES = {
    "a parameter": (":id", [("PARAMETER", ":id")]),
    "a cast is no parameter": ("a::int", [("WORD", "a"), ("CAST", "::"), ("WORD", "int")]),
    "a cast parameter": (":x::int", [("PARAMETER", ":x"), ("CAST", "::"), ("WORD", "int")]),
    "an assignment": ("days := :x", [("WORD", "days"), ("ASSIGN", ":="), ("PARAMETER", ":x")]),
    "a doubled quote": ("'it''s :y'", [("STRING", "'it''s :y'")]),
    "a backslash in a plain string": (r"'a\' :y", [("STRING", r"'a\'"), ("PARAMETER", ":y")]),
    "an escape string": (r"E'it\'s :y' :z", [("STRING", r"E'it\'s :y'"), ("PARAMETER", ":z")]),
    "an escape string that goes on": ("E'a'\n'\\' :y'", [("STRING", "E'a'\n'\\' :y'")]),
    "a name that ends in e": ("type'a\\'", [("WORD", "type"), ("STRING", "'a\\'")]),
    "a dollar quote": ("$$ :x 5% $$", [("DOLLAR_STRING", "$$ :x 5% $$")]),
    "a tagged dollar quote": ("$q$ $$ :x $q$", [("DOLLAR_STRING", "$q$ $$ :x $q$")]),
    "a dollar inside a name": ("a$b$ :c", [("WORD", "a$b$"), ("PARAMETER", ":c")]),
    "a positional parameter": ("$1", [("POSITIONAL", "$1")]),
    "a nested comment": ("/* a /* :b */ c */ :d", [("BLOCK_COMMENT", "/* a /* :b */ c */"), ("PARAMETER", ":d")]),
    "a line comment": ("1 -- don't :x\n:y", [("NUMBER", "1"), ("LINE_COMMENT", "-- don't :x"), ("PARAMETER", ":y")]),
    "a quoted name": ('":x ""y"', [("QUOTED_NAME", '":x ""y"')]),
    "a slice of numbers": (
        "a[1:2]",
        [
            ("WORD", "a"),
            ("OPEN_BRACKET", "["),
            ("NUMBER", "1"),
            ("OTHER", ":"),
            ("NUMBER", "2"),
            ("CLOSE_BRACKET", "]"),
        ],
    ),
    "a name beyond ASCII": (":größe", [("PARAMETER", ":größe")]),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_tokens_are_cut_as_postgresql_cuts_them(case: str) -> None:
    text, want = CASES[case]
    assert kinds(text) == want


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ("SELECT 'abc", 8, "the string"),
        ("SELECT E'abc\\'", 8, "the string"),
        ('SELECT "abc', 8, "the quoted name"),
        ("SELECT $q$ abc $$", 8, "the $q$ quote"),
        ("SELECT /* a /* b */", 8, "the comment"),
    ],
)
def test_what_never_ends_is_refused_where_it_begins(text: str, column: int, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(scan(text, HERE))
    assert caught.value.message == f"{what} that begins here never ends"
    assert caught.value.location is not None
    assert (caught.value.location.line, caught.value.location.column) == (1, column)


PIECES = [
    "'", "''", "E'", '"', "$$", "$a$", "$1", "--", "\n", "/*", "*/", ":", "::", ":=", ":x", ";", "[", "]", "\\", "a1",
    "9", " ", "%", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_tokens_joined_are_the_text(text: str) -> None:
    try:
        tokens = list(scan(text, HERE))
    except SourceError:
        return
    assert "".join(text[token.start : token.end] for token in tokens) == text


FURTHER = ["e", "E'", "1e5", "_ü9", ":=", "::", "-", "--", "/", "/*", "*/", ".", ",", "(", "$q$", "\\", "\t", "="]


@given(st.lists(st.sampled_from([*PIECES, *FURTHER]), max_size=30).map("".join))
def test_runs_of_any_text_are_the_same_tokens_joined(text: str) -> None:
    try:
        tokens = list(scan(text, Path("f.sql")))
    except SourceError:
        with pytest.raises(SourceError):
            list(scan_runs(text, Path("f.sql")))
        return
    runs = list(scan_runs(text, Path("f.sql")))
    assert "".join(text[each.start : each.end] for each in runs) == text
    single = {(each.start, each.end): each.kind for each in tokens}
    for run in runs:
        if run.kind is not Kind.RUN:
            assert single[run.start, run.end] is run.kind
            continue
        inside = {each.kind for each in tokens if run.start <= each.start and each.end <= run.end}
        assert inside <= {Kind.SPACE, Kind.WORD, Kind.NUMBER, Kind.CAST, Kind.OTHER}
        assert not text[run.start].isspace()
        assert not text[run.end - 1].isspace()


@given(st.lists(st.sampled_from([*PIECES, *FURTHER]), max_size=30).map("".join))
def test_words_of_runs_are_the_single_tokens_without_blanks(text: str) -> None:
    try:
        tokens = [each for each in scan(text, HERE) if each.kind not in BLANK]
    except SourceError:
        return
    words: list[str] = []
    for run in scan_runs(text, HERE):
        part = text[run.start : run.end]
        words += words_of(part) if run.kind is Kind.RUN else [part] * (run.kind not in BLANK)
    assert words == [text[each.start : each.end] for each in tokens]


@pytest.mark.parametrize(
    "text", ["'a' " + "-" * 200 + "\nFROM x", "E'a'\n" + "--x\n" * 2000 + "y", "a" * 20_000 + "$b"]
)
def test_no_text_takes_for_ever(text: str) -> None:
    assert "".join(text[each.start : each.end] for each in scan(text, HERE)) == text
