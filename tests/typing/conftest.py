"""`reports`: what both type checkers say of the cases and of the example service, run once however many workers ask."""

from __future__ import annotations

import fcntl
import json

import pytest

from tests.typing.checkers import CHECKERS, CHECKOUT, Report, run

CASES = "tests/typing/cases"
SERVICE = "examples/service/parcels"
GENERATED = "attune_sql/generated"
EVERY_KIND = "tests/generate/golden"


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, list[Report]]:
    """The errors of each checker, by its name."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "type-checkers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = shared / "type-checkers.json"
        if not kept.exists():
            kept.write_text(json.dumps({each: run(each, _paths()) for each in CHECKERS}))
    found: dict[str, list[list[str]]] = json.loads(kept.read_text())
    return {name: [Report(file, int(line), *rest) for file, line, *rest in listed] for name, listed in found.items()}


def _paths() -> list[str]:
    # Each file by its name: a folder that the settings exclude is not entered.
    cases = sorted(str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / CASES).glob("*.py"))
    return [*cases, SERVICE, GENERATED, EVERY_KIND]
