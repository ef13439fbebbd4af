"""Where something stands in a file: what is shown of its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.location import Location

LONG = "x" * 500 + "y" * 5 + "z" * 500

EXCERPTS = {
    "a span": (Location(Path("a"), 3, 5, 2, "SELECT"), "3 | SELECT\n  |     ^^"),
    "a point": (Location(Path("a"), 12, 1, 0, "SELECT"), "12 | SELECT\n   | ^"),
    "after a tab": (Location(Path("a"), 3, 2, 1, "\tx"), "3 | \tx\n  | \t^"),
    "in the middle of a long line": (
        Location(Path("a"), 3, 501, 5, LONG),
        f"3 | …{'x' * 60}yyyyy{'z' * 175}…\n  | {' ' * 61}^^^^^",
    ),
    "at the end of a long line": (
        Location(Path("a"), 3, 1005, 1, LONG),
        f"3 | …{'z' * 240}\n  | {' ' * 240}^",
    ),
    "a whole long line": (Location(Path("a"), 3, 1, 1005, LONG), f"3 | {'x' * 240}…\n  | {'^' * 241}"),
    "an unknown line": (Location(Path("a"), 3), ""),
}


@pytest.mark.parametrize(("location", "expected"), EXCERPTS.values(), ids=EXCERPTS.keys())
def test_the_span_is_underlined_and_of_a_long_line_only_what_is_around(location: Location, expected: str) -> None:
    assert location.excerpt() == expected
