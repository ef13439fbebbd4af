"""Hand-written asynchronous psycopg with default settings: tuples, `%s`, the standard library's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from benchmarks.peers.peer import New
from benchmarks.peers.transaction import OnAsyncPsycopg
from benchmarks.statements import COPY, Statements, percent

SQL = Statements(percent)


class Peer(OnAsyncPsycopg):
    """psycopg's connection as `psycopg.AsyncConnection.connect` gives it."""

    lacks: frozenset[str] = frozenset()
    one_by_one: frozenset[str] = frozenset()

    async def open(self, dsn: str) -> None:
        self.conn = await psycopg.AsyncConnection.connect(dsn, autocommit=True)

    async def get(self, id: int) -> Any:
        cursor = await self.conn.execute(SQL.get, (id,))
        return await cursor.fetchone()

    async def list(self, limit: int) -> Any:
        cursor = await self.conn.execute(SQL.list, (limit,))
        return await cursor.fetchall()

    async def insert(self, new: New) -> Any:
        cursor = await self.conn.execute(SQL.insert, (new.action, new.action_ref, Jsonb(new.config)))
        return await cursor.fetchone()

    async def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        cursor = await self.conn.execute(SQL.update, (status, Jsonb(result), id))
        return await cursor.fetchone()

    async def bulk(self, rows: Sequence[New]) -> Any:
        cursor = self.conn.cursor()
        values = [(row.action, row.action_ref, Jsonb(row.config)) for row in rows]
        await cursor.executemany(SQL.insert, values, returning=True)
        return [await each.fetchone() async for each in cursor.results()]

    async def load(self, rows: Sequence[New]) -> Any:
        async with self.conn.cursor().copy(COPY) as copy:
            for row in rows:
                await copy.write_row((row.action, row.action_ref, Jsonb(row.config)))

    async def pipeline(self, ids: Sequence[int]) -> Any:
        async with self.conn.pipeline():
            cursors = [await self.conn.execute(SQL.get, (id,)) for id in ids]
            return [await cursor.fetchone() for cursor in cursors]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)


class Pooled:
    """psycopg's own pool."""

    async def open(self, dsn: str, size: int) -> None:
        self._pool = AsyncConnectionPool(dsn, min_size=size, max_size=size, open=False)
        await self._pool.open(wait=True)

    async def close(self) -> None:
        await self._pool.close()

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._pool.connection() as conn:
            row = await (await conn.execute(SQL.get, (id,))).fetchone()
            return row, await (await conn.execute(SQL.list, (limit,))).fetchall()

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)
