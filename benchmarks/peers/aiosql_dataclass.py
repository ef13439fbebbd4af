"""aiosql with its own psycopg adapters and `record_class` (aiosql documentation, "Defining SQL Queries")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import aiosql
import psycopg
from psycopg.types.json import Jsonb

from benchmarks.peers import psycopg_async
from benchmarks.peers.peer import New
from benchmarks.peers.transaction import OnPsycopg
from benchmarks.rows import Execution
from benchmarks.statements import COLUMNS, Statements, colon

_SQL = Statements(colon)
_TEXT = f"""
-- name: get(id)^
-- record_class: Execution
{_SQL.get};

-- name: list(limit)
-- record_class: Execution
{_SQL.list};

-- name: insert(action, action_ref, config)^
-- record_class: Execution
{_SQL.insert};

-- name: update(status, result, id)^
-- record_class: Execution
{_SQL.update};

-- name: load*!
{_SQL.add};
"""


def _queries(adapter: str) -> Any:
    return aiosql.from_str(_TEXT, adapter, record_classes={"Execution": Execution})


class Peer(OnPsycopg):
    """aiosql on psycopg's connection with default settings."""

    lacks = frozenset({"bulk 1000"})
    one_by_one = frozenset({"pipeline 20"})

    def open(self, dsn: str) -> None:
        self._queries = _queries("psycopg")
        self.conn = psycopg.connect(dsn, autocommit=True)

    def get(self, id: int) -> Any:
        return self._queries.get(self.conn, id=id)

    def list(self, limit: int) -> Any:
        return list(self._queries.list(self.conn, limit=limit))

    def insert(self, new: New) -> Any:
        return self._queries.insert(self.conn, action=new.action, action_ref=new.action_ref, config=Jsonb(new.config))

    def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return self._queries.update(self.conn, status=status, result=Jsonb(result), id=id)

    def bulk(self, rows: Sequence[New]) -> Any:
        raise NotImplementedError("aiosql's form for many rows returns none")

    def load(self, rows: Sequence[New]) -> Any:
        self._queries.load(
            self.conn,
            [{"action": row.action, "action_ref": row.action_ref, "config": Jsonb(row.config)} for row in rows],
        )

    def pipeline(self, ids: Sequence[int]) -> Any:
        return [self._queries.get(self.conn, id=id) for id in ids]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)


class Pooled(psycopg_async.Pooled):
    """aiosql's asynchronous adapter on psycopg's pool."""

    async def open(self, dsn: str, size: int) -> None:
        self._queries = _queries("apsycopg")
        await super().open(dsn, size)

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._pool.connection() as conn:
            row = await self._queries.get(conn, id=id)
            return row, [each async for each in self._queries.list(conn, limit=limit)]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)
