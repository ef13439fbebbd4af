"""The pages of the rules: generated from the docstrings, and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlfluff.core import FluffConfig, Linter

from attune_sql.lint.codes import RULES, Engine
from attune_sql.lint.plugin.page import page, table

CHECKOUT = Path(__file__).resolve().parents[2]
SECTIONS = {each[:4]: each for each in page().split("\n## ")[1:]}


def examples(code: str, kind: str) -> list[str]:
    return re.findall(rf"\*\*{kind}\*\*\n\n```sql\n(.*?)```", SECTIONS[code], re.DOTALL)


def test_the_page_of_the_rules_is_that_of_the_docstrings() -> None:
    assert (CHECKOUT / "docs" / "lint_rules.md").read_text() == page()


def test_the_table_of_the_documentation_is_that_of_the_codes() -> None:
    lines = (CHECKOUT / "docs" / "lint.md").read_text().splitlines()
    assert lines[lines.index(table()[0]) :][: len(table())] == table()


@pytest.mark.parametrize("code", [rule.code for rule in RULES if rule.engine is not Engine.FAST])
def test_the_example_of_a_page_is_found_and_its_remedy_is_not(code: str) -> None:
    config = FluffConfig(overrides={"dialect": "postgres", "templater": "aiosql", "rules": code})
    for kind, expected in (("Anti-pattern", {code}), ("Best practice", set())):
        (text,) = examples(code, kind)
        linted = Linter(config=config).lint_string(text)
        assert {each.rule_code() for each in linted.get_violations()} == expected, text
