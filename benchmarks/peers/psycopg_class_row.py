"""Hand-written psycopg with typed rows: `class_row` of a dataclass (psycopg manual, "Row factories")."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import class_row

from benchmarks.peers import psycopg_tuples
from benchmarks.rows import Execution
from benchmarks.statements import COLUMNS


class Peer(psycopg_tuples.Peer):
    """The same calls as with tuples, on a connection whose rows are dataclasses."""

    def open(self, dsn: str) -> None:
        self.conn = psycopg.connect(dsn, autocommit=True, row_factory=class_row(Execution))

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)
