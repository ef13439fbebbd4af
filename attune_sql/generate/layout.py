"""How generated Python is laid out, so that ruff finds nothing to change: banner, docstrings, long lists."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

OURS = "# Written by `attune-sql generate`"
BANNER = f"{OURS}; do not edit."
WIDTH = 120


def listed(before: str, members: Sequence[str], after: str, indent: str = "") -> list[str]:
    """Write `before`, members and `after` on one line, or each member on its own line where one is too short."""
    line = f"{indent}{before}{', '.join(members)}{after}"
    if len(line) <= WIDTH or not members:
        return [line]
    return [f"{indent}{before}", *(f"{indent}    {each}," for each in members), f"{indent}{after}"]


def docstring(text: str, indent: str = "    ") -> list[str]:
    """Write a docstring; its lines are wrapped, and nothing in it can end it."""
    safe = text.strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if safe.endswith('"'):
        safe = f'{safe[:-1]}\\"'
    room = WIDTH - len(indent) - 6
    lines = [part for line in safe.split("\n") for part in wrap(line, room, break_on_hyphens=False)]
    if not lines:
        return []
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    return [f'{indent}"""{lines[0]}', *(f"{indent}{each}" for each in lines[1:]), f'{indent}"""']
