"""Every kind of statement goes through every rule of the fast engine, and random text breaks none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune_sql.lint.fast import engine
from attune_sql.lint.migrations.check import check
from attune_sql.lint.names import SchemaNames
from attune_sql.lint.settings import LintSettings

STATEMENTS = (Path(__file__).parent / "every_statement.sql").read_text().splitlines()
NAMES = SchemaNames(tables=frozenset({"a", "b", "t"}), types=frozenset({"typ"}), functions=frozenset({"f"}))
SETTINGS = LintSettings(lock_timeout="file")
PATH = Path("0001_x.sql")
PIECES = [
    *(
        "SELECT",
        "*",
        "FROM",
        "a",
        "attune.b",
        "WITH",
        "AS",
        "(",
        ")",
        ",",
        ";",
        "=",
        "NULL",
        "'x'",
        "é",
        "''",
        "$$",
        "--",
        "/*",
    ),
    *(
        "*/",
        "\n",
        "DO",
        "BEGIN",
        "END",
        "UPDATE",
        "SET",
        "DELETE",
        "'a'::regclass",
        ":x",
        "::typ",
        "NOT IN",
        "noqa",
        '"t"',
    ),
]


def everything(text: str) -> list[engine.Found]:
    found = engine.lint(PATH, text, SETTINGS, NAMES)
    engine.mended(text, found)
    list(check([(PATH, text)], [PATH], SETTINGS))
    return found


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_of_every_kind_is_walked(statement: str) -> None:
    refused = [each.finding.message for each in everything(statement) if each.finding.rule == engine.UNREADABLE]
    assert refused == []


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_text_of_any_kind_ends_in_findings_and_not_in_an_error(text: str) -> None:
    for each in everything(text):
        at = each.finding.location
        assert 1 <= at.line <= text.count("\n") + 1
        assert each.finding.message


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_mending_only_ever_adds_what_it_says(text: str) -> None:
    mends = [each.mend for each in everything(text) if each.mend]
    grown = sum(len(mend.new) - (mend.end - mend.start) for mend in set(mends))
    assert len(engine.mended(text, everything(text))) == len(text) + grown
