"""Strings drawn from regular expressions: each matches, and what cannot be read is refused."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune_sql.prove.pattern import UnreadableError, matching

PATTERNS = (
    "^[a-z][a-z0-9_-]+$",
    r"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$",
    r"^[a-z0-9_-]+(\.[a-z0-9_-]+){1,2}$",
    r"^(?:GB|DE)\d{2,4}[^\d]?$",
    "^[[:alpha:]_][[:alnum:]]{3,}$",
    r"^[]x]+-[\]\\]{2}.$",
    "^(a|bc|)*$",
    r"^\s?\w+@\w{1}\.com$",
    "abc",
    "",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_what_is_drawn_matches(pattern: str, seed: int) -> None:
    python = pattern.replace("[[:alpha:]_]", "[a-zA-Z_]").replace("[[:alnum:]]", "[a-zA-Z0-9]")
    assert re.search(python, matching(pattern, random.Random(seed)))


@pytest.mark.parametrize(
    "pattern", [r"(a)\1", "(?=a)b", "(a", "[a", "a)", "a{256}", "\\", "[^[:alnum:][:punct:] :/@,]"]
)
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(UnreadableError):
        matching(pattern, random.Random(0))


@given(st.text("ab[]()|*+?{}1,^$.\\-:d", max_size=12), st.integers(0, 100))
def test_any_text_is_read_or_refused(pattern: str, seed: int) -> None:
    try:
        drawn = matching(pattern, random.Random(seed))
    except UnreadableError:
        return
    assert isinstance(drawn, str)
