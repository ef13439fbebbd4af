"""What goes through the pipe between the demo and one of its workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from attune_sql.demo.pack_store import StoredAction

Kind = Literal["ready", "claimed", "created", "run", "ended", "problem", "bye"]


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is told when it starts.

    executor: id of the identity that it acts as; worker: id of its row; operator: id of who answers inquiries.
    actions: what it can run, by ref. batch: how many executions it claims at a time.
    """

    dsn: str
    name: str
    executor: int
    worker: int
    operator: int
    actions: Mapping[str, StoredAction]
    batch: int = 4


@dataclass(frozen=True, slots=True)
class Message:
    """What a worker reports: that it is ready, the executions that it claimed, created, ran or ended, or a problem."""

    kind: Kind
    ids: tuple[int, ...] = ()
    text: str = ""
