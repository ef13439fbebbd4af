"""asyncpg with its records and the standard library's JSON (asyncpg documentation, "Automatic JSON conversion")."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import asyncpg
from psycopg.conninfo import conninfo_to_dict

from benchmarks.peers.peer import New
from benchmarks.statements import NEW_COLUMNS, Statements, dollar

SQL = Statements(dollar)


def _target(dsn: str) -> dict[str, Any]:
    parts = conninfo_to_dict(dsn)
    names = {"host": "host", "port": "port", "user": "user", "password": "password", "dbname": "database"}
    return {names[key]: value for key, value in parts.items() if key in names}


async def _set_up(conn: Any) -> None:
    # The binary form, which COPY needs too: version 1 of jsonb's wire format is a byte before the text.
    await conn.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + json.dumps(value).encode(),
        decoder=lambda data: json.loads(data[1:]),
    )


class Peer:
    """asyncpg's connection; it prepares every statement and keeps it."""

    lacks: frozenset[str] = frozenset()
    one_by_one = frozenset({"pipeline 20"})

    async def open(self, dsn: str) -> None:
        self._conn = await asyncpg.connect(**_target(dsn))
        await _set_up(self._conn)

    async def close(self) -> None:
        await self._conn.close()

    async def begin(self) -> None:
        self._transaction = self._conn.transaction()
        await self._transaction.start()

    async def commit(self) -> None:
        await self._transaction.commit()

    async def rollback(self) -> None:
        await self._transaction.rollback()

    async def get(self, id: int) -> Any:
        return await self._conn.fetchrow(SQL.get, id)

    async def list(self, limit: int) -> Any:
        return await self._conn.fetch(SQL.list, limit)

    async def insert(self, new: New) -> Any:
        return await self._conn.fetchrow(SQL.insert, new.action, new.action_ref, new.config)

    async def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return await self._conn.fetchrow(SQL.update, status, result, id)

    async def insert_committed(self, new: New) -> Any:
        # Outside of a transaction each statement is one, as its documentation says of `Connection.transaction`.
        return await self.insert(new)

    async def update_committed(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return await self.update(id, status, result)

    async def bulk(self, rows: Sequence[New]) -> Any:
        return await self._conn.fetchmany(SQL.insert, rows)

    async def load(self, rows: Sequence[New]) -> Any:
        await self._conn.copy_records_to_table("execution", schema_name="attune", columns=NEW_COLUMNS, records=rows)

    async def pipeline(self, ids: Sequence[int]) -> Any:
        return [await self._conn.fetchrow(SQL.get, id) for id in ids]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)


class Pooled:
    """asyncpg's own pool."""

    async def open(self, dsn: str, size: int) -> None:
        self._pool = await asyncpg.create_pool(**_target(dsn), min_size=size, max_size=size, init=_set_up)

    async def close(self) -> None:
        await self._pool.close()

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._pool.acquire() as conn, conn.transaction():
            return await conn.fetchrow(SQL.get, id), await conn.fetch(SQL.list, limit)

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)
