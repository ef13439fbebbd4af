"""The shape of the package: sizes, names, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import attune_sql
import attune_sql.aio

CHECKOUT = Path(__file__).resolve().parents[1]
WRITTEN = (*CHECKOUT.glob("attune_sql/**/*.py"), *CHECKOUT.glob("tests/**/*.py"), *CHECKOUT.glob("benchmarks/**/*.py"))
SOURCES = sorted(path for path in WRITTEN if path.parent.name not in ("generated", "golden"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_no_file_is_too_long_to_hold_in_the_head(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 350
    assert path.stem not in ("utils", "helpers", "common", "misc")


@pytest.mark.parametrize("module", [attune_sql, attune_sql.aio], ids=lambda module: module.__name__)
def test_every_public_name_is_there_and_listed_in_order(module: object) -> None:
    listed: list[str] = module.__all__  # type: ignore[attr-defined]
    assert listed == sorted(listed)
    for name in listed:
        assert getattr(module, name) is not None


def test_importing_the_package_loads_no_toolkit_and_reads_no_query() -> None:
    program = (
        "import sys, attune_sql, attune_sql.aio\n"
        "heavy = {'click', 'rich', 'yaml', 'testing.postgresql', 'sqlfluff', 'psycopg_pool'} & set(sys.modules)\n"
        "print(sorted(heavy), attune_sql._bundled.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[] 0\n"
