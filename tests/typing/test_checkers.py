"""What mypy and pyright, both strict, see: types are exact, the service is clean, each mistake is told on its line."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from tests.typing.checkers import CHECKERS, CHECKOUT, Report
from tests.typing.conftest import CASES, EVERY_KIND, GENERATED, SERVICE

_EXPECTED = re.compile(r"# E: (?P<mypy>[\w-]+(?:, [\w-]+)*) \| (?P<pyright>\w+(?:, \w+)*)$")
MISTAKES = f"{CASES}/mistakes.py"

Reports = dict[str, list[Report]]


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("path", [SERVICE, GENERATED, EVERY_KIND, f"{CASES}/revealed.py"])
def test_it_is_clean(reports: Reports, checker: str, path: str) -> None:
    assert [each for each in reports[checker] if each.file.startswith(path)] == []


@pytest.mark.parametrize("checker", CHECKERS)
def test_each_mistake_is_reported_on_its_line_and_nothing_else_is(reports: Reports, checker: str) -> None:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for each in reports[checker]:
        # What pyright does not know after a mistake is no mistake of its own.
        if each.file == MISTAKES and not each.code.startswith("reportUnknown"):
            found[each.line].add(each.code)
    assert dict(found) == _expected(checker)


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_documentation_shows_what_the_checkers_say(reports: Reports, checker: str) -> None:
    page = (CHECKOUT / "docs/typing.md").read_text()
    shown = f"{CASES}/shown.py"
    _, _, program = (CHECKOUT / shown).read_text().partition("\n\n")
    assert f"```python\n{program}```" in page
    flat = " ".join(re.sub(r"(shown\.py:\d+):\d+", r"\1", page).split())
    told = [each for each in reports[checker] if each.file == shown]
    assert len(told) == 5
    for each in told:
        first = each.text.partition("\n")[0]
        line = f"error: {first} [{each.code}]" if checker == "mypy" else f"- error: {first} ({each.code})"
        assert f"shown.py:{each.line}{':' if checker == 'mypy' else ''} {line}" in flat


def test_the_mistakes_are_many() -> None:
    assert len(_expected("mypy")) >= 20


def test_the_service_uses_twenty_operations_synchronously_and_twenty_asynchronously() -> None:
    used: dict[str, set[str]] = {"attune_sql": set(), "attune_sql.aio": set()}
    for path in (CHECKOUT / SERVICE).glob("*.py"):
        text = path.read_text()
        module = next((each for each in used if f"from {each} import queries" in text), None)
        if module:
            used[module] |= {name for node in ast.walk(ast.parse(text)) if (name := _operation(node))}
    assert {module: len(names) >= 20 for module, names in used.items()} == dict.fromkeys(used, True), used


def _operation(node: ast.AST) -> str | None:
    found = re.match(r"queries\.(\w+\.\w+)\(", ast.unparse(node)) if isinstance(node, ast.Call) else None
    return found[1] if found else None


def _expected(checker: str) -> dict[int, set[str]]:
    lines = (CHECKOUT / MISTAKES).read_text().splitlines()
    matches = {number: _EXPECTED.search(line) for number, line in enumerate(lines, start=1) if "# E: " in line}
    return {number: set(found[checker].split(", ")) if found else set() for number, found in matches.items()}
