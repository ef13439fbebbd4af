"""The two engines on the same cases: what one finds and fixes, the other finds and fixes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlfluff.core import FluffConfig, Linter
from sqlfluff.utils.testing.rules import RuleTestCase, load_test_cases

from attune_sql.lint.codes import BY_CODE
from attune_sql.lint.fast import engine
from attune_sql.lint.settings import LintSettings
from attune_sql.source.scan import scan

CASES = Path(__file__).parent / "cases"
IDS, TABLE = load_test_cases(str(CASES / "AT*.yml"))
# Not ending in .sql, so that the name of the query need not be that of the file.
PATH = Path("case")

# Rules over the text: sqlfluff can only point at a whole comment or string, the fast engine at the place inside it.
INSIDE = ("AT07", "AT16", "AT18")


def _token_place(text: str, line: int, column: int) -> tuple[int, int]:
    offset = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
    token = next(each for each in scan(text, PATH) if each.start <= offset < each.end)
    return text.count("\n", 0, token.start) + 1, token.start - text.rfind("\n", 0, token.start)


def _places_of_sqlfluff(case: RuleTestCase, text: str) -> set[tuple[int, int]]:
    linted = Linter(FluffConfig(configs=case.configs, overrides={"rules": case.rule})).lint_string(text)
    return {(each.line_no, each.line_pos) for each in linted.get_violations() if each.rule_code() == case.rule}


def _found(case: RuleTestCase, text: str) -> list[engine.Found]:
    values = (case.configs or {}).get("rules", {})
    settings = LintSettings.of_values(values if isinstance(values, dict) else {})
    found = engine.lint(PATH, text, settings, settings.names(PATH, ""))
    return [each for each in found if each.finding.rule == case.rule]


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_both_engines_find_a_case_at_the_same_places(case: RuleTestCase) -> None:
    text = case.fail_str or case.pass_str
    assert text is not None
    fast = {(each.finding.location.line, each.finding.location.column) for each in _found(case, text)}
    sqlfluff = _places_of_sqlfluff(case, text)
    if case.rule in INSIDE and fast != sqlfluff:
        fast = {_token_place(text, line, column) for line, column in fast}
    assert fast == sqlfluff


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=name) for name, case in zip(IDS, TABLE, strict=True) if case.rule == "AT07"]
)
def test_what_is_wrong_with_a_header_is_said_with_what_to_do_by_both_engines(case: RuleTestCase) -> None:
    text = case.fail_str or case.pass_str or ""
    findings = [each.finding for each in _found(case, text)]
    advised = {f"{each.message.removesuffix('.')}: {each.help}." for each in findings if each.help}
    assert len(advised) == len(findings)
    linted = Linter(FluffConfig(configs=case.configs, overrides={"rules": case.rule})).lint_string(text)
    assert advised == {each.desc() for each in linted.get_violations() if each.rule_code() == case.rule}


@pytest.mark.parametrize(
    ("text", "fixed", "case"),
    [
        pytest.param(case.fail_str, case.fix_str, case, id=name)
        for name, case in zip(IDS, TABLE, strict=True)
        if case.fail_str and BY_CODE[case.rule].fixable
    ],
)
def test_both_engines_mend_a_case_in_the_same_way(text: str, fixed: str | None, case: RuleTestCase) -> None:
    assert engine.mended(text, _found(case, text)) == (fixed or text)
