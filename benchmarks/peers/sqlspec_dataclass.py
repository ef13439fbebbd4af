"""sqlspec on psycopg: a session, named parameters, dataclasses by `schema_type`, a statement stack as pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlspec import SQLSpec
from sqlspec.adapters.psycopg import PsycopgAsyncConfig, PsycopgSyncConfig
from sqlspec.core import StatementStack

from benchmarks.peers.peer import New
from benchmarks.rows import Execution
from benchmarks.statements import COLUMNS, Statements, colon

SQL = Statements(colon)


def _pool(dsn: str, size: int) -> dict[str, Any]:
    return {"conninfo": dsn, "min_size": size, "max_size": size}


class Peer:
    """One session on a pool of one connection."""

    lacks = frozenset({"bulk 1000"})
    one_by_one: frozenset[str] = frozenset()

    def open(self, dsn: str) -> None:
        spec = SQLSpec()
        self._config = spec.add_config(PsycopgSyncConfig(connection_config=_pool(dsn, 1) | {"autocommit": True}))
        self._provided = spec.provide_session(self._config)
        self._session = self._provided.__enter__()

    def close(self) -> None:
        self._provided.__exit__(None, None, None)
        self._config.close_pool()

    def begin(self) -> None:
        self._session.begin()

    def commit(self) -> None:
        self._session.commit()

    def rollback(self) -> None:
        self._session.rollback()

    def get(self, id: int) -> Any:
        return self._session.select_one(SQL.get, {"id": id}, schema_type=Execution)

    def list(self, limit: int) -> Any:
        return self._session.select(SQL.list, {"limit": limit}, schema_type=Execution)

    def insert(self, new: New) -> Any:
        return self._session.select_one(SQL.insert, new._asdict(), schema_type=Execution)

    def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return self._session.select_one(
            SQL.update, {"status": status, "result": result, "id": id}, schema_type=Execution
        )

    def insert_committed(self, new: New) -> Any:
        # The session is in autocommit until it is told to begin.
        return self.insert(new)

    def update_committed(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return self.update(id, status, result)

    def bulk(self, rows: Sequence[New]) -> Any:
        raise NotImplementedError("sqlspec's form for many rows returns none")

    def load(self, rows: Sequence[New]) -> Any:
        self._session.execute_many(SQL.add, [row._asdict() for row in rows])

    def pipeline(self, ids: Sequence[int]) -> Any:
        stack = StatementStack()
        for id in ids:
            stack = stack.push_execute(SQL.get, {"id": id})
        return [each.result.one(schema_type=Execution) for each in self._session.execute_stack(stack)]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)


class Pooled:
    """sqlspec's asynchronous configuration, on psycopg's pool."""

    async def open(self, dsn: str, size: int) -> None:
        self._spec = SQLSpec()
        self._config = self._spec.add_config(PsycopgAsyncConfig(connection_config=_pool(dsn, size)))

    async def close(self) -> None:
        await self._config.close_pool()

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._spec.provide_session(self._config) as session, session.transaction():
            row = await session.select_one(SQL.get, {"id": id}, schema_type=Execution)
            return row, await session.select(SQL.list, {"limit": limit}, schema_type=Execution)

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)
