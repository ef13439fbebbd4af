"""The statements that the migration runner sends on its own account: one `.sql` file each, `$1` for a parameter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def statement(name: str) -> bytes:
    """Return the text of `name`.sql in this folder."""
    return (_HERE / f"{name}.sql").read_bytes()
