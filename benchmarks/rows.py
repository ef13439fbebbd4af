"""The dataclass into which peers without row classes of their own put an execution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass
class Execution:
    """An execution, column by column."""

    id: int
    action: int | None
    action_ref: str
    config: Any
    parent: int | None
    enforcement: int | None
    executor: int | None
    status: str
    result: Any
    worker: int | None
    started_at: datetime | None
    retry_count: int
    max_retries: int | None
    retry_reason: str | None
    original_execution: int | None
    top_level: bool
    created: datetime
    updated: datetime
