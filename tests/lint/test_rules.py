"""The rules of the plugin on sqlfluff's own kind of cases, in `cases/`: found, passed over, mended."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import aiosql
import pytest
from sqlfluff.core import FluffConfig, Linter
from sqlfluff.utils.testing.rules import RuleTestCase, load_test_cases

from attune_sql.lint.codes import BY_CODE, RULES, Engine
from attune_sql.lint.plugin.rules import all_rules
from attune_sql.lint.settings import KEYS

CASES = Path(__file__).parent / "cases"
IDS, TABLE = load_test_cases(str(CASES / "*.yml"))
PLUGIN = [rule for rule in RULES if rule.engine is not Engine.FAST]
OF_AIOSQL = [pytest.param(case, id=name) for name, case in zip(IDS, TABLE, strict=True) if case.rule == "AT16"]


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_a_case_of_a_rule(case: RuleTestCase) -> None:
    case.evaluate()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=name) for name, case in zip(IDS, TABLE, strict=True) if case.fix_str]
)
def test_what_was_fixed_stays_as_it_is(case: RuleTestCase) -> None:
    config = FluffConfig(configs=case.configs, overrides={"rules": case.rule})
    linted = Linter(config=config).lint_string(case.fix_str or "", fix=True)
    assert linted.get_violations() == []
    assert linted.fix_string()[0] == case.fix_str


def test_every_rule_has_bad_snippets_and_good_lookalikes() -> None:
    bad = Counter(case.rule for case in TABLE if case.fail_str)
    good = Counter(case.rule for case in TABLE if case.pass_str)
    for rule in PLUGIN:
        assert bad[rule.code] >= 5, rule.code
        assert good[rule.code] >= 5, rule.code
        fixed = [case for case in TABLE if case.rule == rule.code and case.fix_str]
        assert bool(fixed) == rule.fixable, rule.code
    assert sum(bad.values()) >= 150
    assert sum(good.values()) >= 150


def test_a_rule_is_what_the_table_of_codes_says() -> None:
    rules = {rule.__name__.removeprefix("Rule_"): rule for rule in all_rules()}
    assert list(rules) == [rule.code for rule in PLUGIN]
    for code, rule in rules.items():
        page = rule.__doc__ or ""
        assert rule.name == BY_CODE[code].full_name
        assert rule.is_fix_compatible == BY_CODE[code].fixable
        assert "**Anti-pattern**" in page
        assert "**Best practice**" in page
        assert set(rule.config_keywords) == set(KEYS)


@pytest.mark.parametrize("case", OF_AIOSQL)
def test_what_aiosql_is_said_to_misread_it_does_misread(case: RuleTestCase) -> None:
    text = case.fail_str or case.pass_str or ""
    if "-- name:" not in text:
        return
    meant = text.partition("(")[2].partition(")")[0].replace(",", " ").split()
    try:
        queries = aiosql.from_str(text, "psycopg")
        sql = str(queries.get.sql)
    except Exception:
        sql = ""
    is_right = all(f"%({name})s" in sql for name in meant) and sql.count("%(") == len(meant)
    # A comment that ends too early is no question of parameters, and a text that is cut in two has lost its end.
    is_whole = sql.rstrip(";\n").endswith(text.rstrip(";\n")[-4:]) and " c */" not in sql
    assert (is_right and is_whole) == (case.pass_str is not None), sql
