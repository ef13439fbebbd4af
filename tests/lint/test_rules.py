"""The rules of the plugin on sqlfluff's own kind of cases, in `cases/`."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlfluff.utils.testing.rules import RuleTestCase, load_test_cases

CASES = Path(__file__).parent / "cases"
IDS, TABLE = load_test_cases(str(CASES / "*.yml"))


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_a_case_of_a_rule(case: RuleTestCase) -> None:
    case.evaluate()
