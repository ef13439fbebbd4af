"""Hand-written asynchronous psycopg with the settings of attune_sql: its connection, raw cursors, JSON codec."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from psycopg import AsyncRawCursor
from psycopg.types.json import Jsonb

from attune_sql import aio
from attune_sql.runtime.json_codec import dumps
from benchmarks.peers import psycopg_async
from benchmarks.peers.peer import New
from benchmarks.statements import COPY, Statements, dollar

SQL = Statements(dollar)
_json = partial(Jsonb, dumps=dumps)


class Peer(psycopg_async.Peer):
    """Tuples as in psycopg_async; all else as the library does it, by hand."""

    async def open(self, dsn: str) -> None:
        self.conn = await aio.connect(dsn, autocommit=True)

    async def get(self, id: int) -> Any:
        cursor = await AsyncRawCursor(self.conn).execute(SQL.get, (id,))
        return await cursor.fetchone()

    async def list(self, limit: int) -> Any:
        cursor = await AsyncRawCursor(self.conn).execute(SQL.list, (limit,))
        return await cursor.fetchall()

    async def insert(self, new: New) -> Any:
        cursor = await AsyncRawCursor(self.conn).execute(SQL.insert, (new.action, new.action_ref, _json(new.config)))
        return await cursor.fetchone()

    async def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        cursor = await AsyncRawCursor(self.conn).execute(SQL.update, (status, _json(result), id))
        return await cursor.fetchone()

    async def bulk(self, rows: Sequence[New]) -> Any:
        cursor = AsyncRawCursor(self.conn)
        values = [(row.action, row.action_ref, _json(row.config)) for row in rows]
        await cursor.executemany(SQL.insert, values, returning=True)
        return [await each.fetchone() async for each in cursor.results()]

    async def load(self, rows: Sequence[New]) -> Any:
        async with self.conn.cursor().copy(COPY) as copy:
            for row in rows:
                await copy.write_row((row.action, row.action_ref, _json(row.config)))

    async def pipeline(self, ids: Sequence[int]) -> Any:
        async with self.conn.pipeline():
            cursors = [await AsyncRawCursor(self.conn).execute(SQL.get, (id,)) for id in ids]
            return [await cursor.fetchone() for cursor in cursors]


class Pooled(psycopg_async.Pooled):
    """The library's pool; the work as in psycopg_async, with raw cursors."""

    async def open(self, dsn: str, size: int) -> None:
        self._pool = aio.pool(dsn, min_size=size, max_size=size)
        await self._pool.open(wait=True)

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._pool.connection() as conn:
            row = await (await AsyncRawCursor(conn).execute(SQL.get, (id,))).fetchone()
            return row, await (await AsyncRawCursor(conn).execute(SQL.list, (limit,))).fetchall()
