"""Operations from a text, for tests."""

from __future__ import annotations

from pathlib import Path

from attune_sql.source.operation import Operation
from attune_sql.source.parse import parse


def operation(body: str, header: str = "some()") -> Operation:
    """Read one operation of the repository `made` from its SQL, which begins on line 2, and what its name line says."""
    (read,) = parse(f"-- name: {header}\n{body}\n", Path("queries/made/some.sql"), ("made",))
    return read
