"""The SQL of the peers that are given SQL, in the placeholders of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, LiteralString

COLUMNS: Final = (
    "id", "action", "action_ref", "config", "parent", "enforcement", "executor", "status", "result", "worker",
    "started_at", "retry_count", "max_retries", "retry_reason", "original_execution", "top_level", "created", "updated",
)  # fmt: skip
"""The columns of attune.execution in the order of the table."""

NEW_COLUMNS: Final = ("action", "action_ref", "config")

Mark = Callable[[int, LiteralString], LiteralString]
"""A parameter's position from 1 and its name → its placeholder."""

_LIST: LiteralString = ", ".join(COLUMNS)


class Statements:
    """The statements in one style of placeholders: `%s`, `$1` or `:id`."""

    def __init__(self, mark: Mark) -> None:
        self.get: LiteralString = f"SELECT {_LIST} FROM attune.execution WHERE id = {mark(1, 'id')}"
        self.list: LiteralString = (
            f"SELECT {_LIST} FROM attune.execution ORDER BY created DESC, id DESC LIMIT {mark(1, 'limit')}"
        )
        self.add: LiteralString = (
            "INSERT INTO attune.execution (action, action_ref, config) "
            f"VALUES ({mark(1, 'action')}, {mark(2, 'action_ref')}, {mark(3, 'config')})"
        )
        self.insert: LiteralString = f"{self.add} RETURNING {_LIST}"
        self.update: LiteralString = (
            f"UPDATE attune.execution SET status = {mark(1, 'status')}, result = {mark(2, 'result')}, "
            f"updated = clock_timestamp() WHERE id = {mark(3, 'id')} RETURNING {_LIST}"
        )


COPY: Final = "COPY attune.execution (action, action_ref, config) FROM STDIN"


def percent(position: int, name: LiteralString) -> LiteralString:
    """Mark a parameter as psycopg does."""
    return "%s"


def dollar(position: int, name: LiteralString) -> LiteralString:
    """Mark a parameter as PostgreSQL does."""
    return ("$1", "$2", "$3")[position - 1]


def colon(position: int, name: LiteralString) -> LiteralString:
    """Mark a parameter as aiosql and sqlspec do."""
    return ":" + name
