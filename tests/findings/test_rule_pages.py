"""The pages of the rules: each says what, why and what to do, and docs/check.md lists them all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attune_sql.findings import rules
from attune_sql.findings.rule import Rule

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_finds_why_and_what_to_do(rule: Rule[Any]) -> None:
    for text in (rule.what, rule.why, rule.remedy):
        assert text.endswith(".")
    assert "|" not in rule.what + rule.remedy


def test_every_rule_of_the_folder_runs_and_is_named_after_its_file() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert sorted(files) == sorted(rule.name.replace("-", "_") for rule in rules.RULES)


def test_the_table_of_the_documentation_is_that_of_the_docstrings() -> None:
    page = (CHECKOUT / "docs" / "check.md").read_text()
    table = [line for line in page.splitlines() if line.startswith("| `")]
    remedies = {rule.name: rule.remedy[0].upper() + rule.remedy[1:] for rule in rules.RULES}
    assert table == [
        f"| `{rule.name}` | {rule.level} | {rule.what} | {remedies[rule.name]} |"
        for rule in sorted(rules.RULES, key=lambda each: each.name)
    ]
