"""The templater `aiosql`: what sqlfluff parses instead of a query file, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlfluff.core import FluffConfig, Linter
from sqlfluff.core.errors import SQLTemplaterError

from attune_sql.lint.plugin.templater import AiosqlTemplater

HEADER = "-- name: get(id, limit, a)\n"


def templated(text: str) -> str | None:
    return AiosqlTemplater().process(in_str=text, fname="get.sql")[0].templated_str


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT :id::bigint LIMIT :limit", "SELECT $1::bigint LIMIT $2"),
        ("SELECT :id, :limit, :id", "SELECT $1, $2, $1"),
        ("SELECT ':id', $$ :id $$, \":id\" -- :id\n /* :id */", "SELECT ':id', $$ :id $$, \":id\" -- :id\n /* :id */"),
        ("SELECT tags[1:2], tags[:a:2], tags[1:a]", "SELECT tags[1:2], tags[$1:2], tags[1:a]"),
        ("SELECT make_interval(days := :a)", "SELECT make_interval(days := $1)"),
        ("SELECT E'\\':id' || :id", "SELECT E'\\':id' || $1"),
    ],
)
def test_parameters_become_numbers_and_nothing_else_changes(text: str, expected: str) -> None:
    assert templated(HEADER + text) == HEADER + expected


def test_a_file_that_names_no_query_stays_as_it_is() -> None:
    text = "DO $$ BEGIN END $$;\nSELECT :x;"
    assert templated(text) == text


@given(st.lists(st.sampled_from(["a", " ", ":id", "::", "[", "]", "'", "$$", "\n", "--", "/*", "*/", ":limit", "1"])))
def test_every_slice_of_the_source_is_in_the_result_once(pieces: list[str]) -> None:
    text = HEADER + "".join(pieces)
    try:
        result, _ = AiosqlTemplater().process(in_str=text, fname="get.sql")
    except SQLTemplaterError:
        return
    source = "".join(text[each.source_slice] for each in result.sliced_file)
    literal = [each for each in result.sliced_file if each.slice_type == "literal"]
    assert source == text
    assert result.templated_str is not None
    assert all(text[each.source_slice] == result.templated_str[each.templated_slice] for each in literal)


def test_what_never_ends_is_shown_where_it_begins() -> None:
    with pytest.raises(SQLTemplaterError) as raised:
        templated("-- name: get()\nSELECT\n    'never")
    assert (raised.value.line_no, raised.value.line_pos) == (3, 5)


@pytest.mark.parametrize("word", ["limit", "order", "end", "default", "user", "select", "from"])
def test_a_parameter_may_be_named_like_a_keyword(word: str) -> None:
    config = FluffConfig(overrides={"dialect": "postgres", "templater": "aiosql", "rules": "AT06"})
    linted = Linter(config=config).lint_string(f"-- name: get({word})\nSELECT a FROM b LIMIT :{word}::bigint;\n")
    assert linted.get_violations() == []


def test_the_place_of_a_finding_is_that_of_the_file() -> None:
    config = FluffConfig(overrides={"dialect": "postgres", "templater": "aiosql", "rules": "AT01"})
    text = "-- name: get(a_long_name)\nSELECT :a_long_name::text, x FROM pack WHERE y = :a_long_name;\n"
    linted = Linter(config=config).lint_string(text, fix=True)
    assert [(each.line_no, each.line_pos) for each in linted.get_violations()] == [(2, 35)]
    assert linted.fix_string()[0] == text.replace("pack", "attune.pack")
