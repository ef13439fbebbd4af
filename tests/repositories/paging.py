"""What every list and search that is read in pages promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def assert_pages(call: Callable[..., list[Any]], given: dict[str, Any], count: int) -> None:
    """Read page after page, three rows each: together they are the whole list of `count` rows, newest first."""
    pages: list[list[Any]] = []
    after: dict[str, Any] = {}
    while page := call(limit=3, **given, **after):
        pages.append(page)
        after = {"after_created": page[-1].created, "after_id": page[-1].id}
    assert [len(page) for page in pages[:-1]] == [3] * ((count - 1) // 3)
    rows = [row for page in pages for row in page]
    assert len(rows) == count
    assert rows == call(limit=100, **given)
    assert [(row.created, row.id) for row in rows] == sorted({(row.created, row.id) for row in rows}, reverse=True)
