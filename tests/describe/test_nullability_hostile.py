"""Every class of query on which a tool was found to promise too much, and this engine's own attackers.

The queries stand in hostile/*.sql, each below a line with its name, one letter per column (N = never NULL, Y = can be
NULL) and the first major that has it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection

from tests.describe.world import judge, lies

_CASE = re.compile(r"^-- (\w+): ([NY]+)(?: \(since (\d+)\))?\n(.*?);$", re.MULTILINE | re.DOTALL)

HOSTILE = [
    (f"{path.stem}.{name}", expected, query, int(since or 15))
    for path in sorted((Path(__file__).parent / "hostile").glob("*.sql"))
    for name, expected, since, query in _CASE.findall(path.read_text())
]
CASES = pytest.mark.parametrize(
    ("expected", "query", "since"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)


def test_no_query_of_the_files_is_overlooked() -> None:
    files = (Path(__file__).parent / "hostile").glob("*.sql")
    assert len(HOSTILE) == sum(len(re.findall(r";$", path.read_text(), re.MULTILINE)) for path in files)


@CASES
def test_every_verdict_is_as_it_was_thought_through(
    shop: Connection[Any], expected: str, query: str, since: int
) -> None:
    if shop.info.server_version < since * 10000:
        pytest.skip(f"PostgreSQL {since} has this first")
    verdicts = judge(shop, query)
    assert "".join("Y" if each.nullable else "N" for each in verdicts) == expected, [each.text for each in verdicts]
    assert all(each.text for each in verdicts)
    assert all(each.position is None or 0 <= each.position < len(query) for each in verdicts)


@pytest.mark.parametrize("seed", range(1))
def test_no_data_yields_null_where_none_is_promised(shop: Connection[Any], seed: int) -> None:
    there = shop.info.server_version // 10000
    assert lies(shop, {name: query for name, _, query, since in HOSTILE if since <= there}, seed) == []
