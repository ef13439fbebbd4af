"""attune_sql as its README shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attune_sql
from attune_sql import queries
from benchmarks.peers.peer import New
from benchmarks.peers.transaction import OnPsycopg

if TYPE_CHECKING:
    from attune_sql.generated.rows import ExecutionStatus


class Peer(OnPsycopg):
    """attune_sql on `attune_sql.connect`."""

    lacks: frozenset[str] = frozenset()
    one_by_one: frozenset[str] = frozenset()

    def open(self, dsn: str) -> None:
        self.conn = attune_sql.connect(dsn, autocommit=True)

    def get(self, id: int) -> Any:
        return queries.execution.find_by_id(self.conn, id=id)

    def list(self, limit: int) -> Any:
        return queries.execution.list(self.conn, limit=limit)

    def insert(self, new: New) -> Any:
        return queries.execution.create(self.conn, action=new.action, action_ref=new.action_ref, config=new.config)

    def update(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        return queries.execution.update(self.conn, id=id, status=status, result=result)

    def bulk(self, rows: Sequence[New]) -> Any:
        return queries.execution.create_many(self.conn, rows=[row._asdict() for row in rows])

    def load(self, rows: Sequence[New]) -> Any:
        return self.bulk(rows)

    def pipeline(self, ids: Sequence[int]) -> Any:
        with attune_sql.pipeline(self.conn) as add:
            added = [add(queries.execution.find_by_id, id=id) for id in ids]
        return [each.result() for each in added]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)
