"""A run of all tests fails when an operation of queries/ was never called: what no test runs, nobody knows.

The workers of a parallel run each tell what they called; only the whole run can judge.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attune_sql.bundled import folder
from attune_sql.runtime.arguments import Arguments
from attune_sql.source.tree import read_tree

TESTS = Path(__file__).resolve().parent
WHOLE_RUNS = (TESTS.parent, TESTS, TESTS / "repositories")

called: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Note every operation that runs from now on."""
    bind = Arguments.bind

    def noted(self: Arguments, passed: Any) -> list[Any]:
        called.add(self.operation.full_name)
        return bind(self, passed)

    Arguments.bind = noted  # type: ignore[method-assign]


def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker called."""
    called.update(getattr(node, "workeroutput", {}).get("called", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Judge a whole and successful run; a worker only tells."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["called"] = sorted(called)
    elif exitstatus == 0 and _is_whole(session.config) and uncalled():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the operations that no test called."""
    if _is_whole(config) and (names := uncalled()):
        terminalreporter.section("operations that no test called")
        terminalreporter.write_line("\n".join(names))


def uncalled() -> list[str]:
    """Name the operations of queries/ that were never run."""
    return sorted({each.full_name for each in read_tree(folder("queries"))} - called)


def _is_whole(config: pytest.Config) -> bool:
    narrowed = config.option.keyword or config.option.markexpr or config.option.collectonly or config.option.maxfail
    return not narrowed and any(Path(str(arg)).resolve() in WHOLE_RUNS for arg in config.args)
