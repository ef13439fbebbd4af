"""attune_sql's asynchronous twins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attune_sql import aio
from attune_sql.aio import queries
from benchmarks.peers.peer import New
from benchmarks.peers.transaction import OnAsyncPsycopg

if TYPE_CHECKING:
    from attune_sql.generated.rows import ExecutionStatus


class Peer(OnAsyncPsycopg):
    """attune_sql on `attune_sql.aio.connect`."""

    lacks: frozenset[str] = frozenset()
    one_by_one: frozenset[str] = frozenset()

    async def open(self, dsn: str) -> None:
        self.conn = await aio.connect(dsn, autocommit=True)

    async def get(self, id: int) -> Any:
        return await queries.execution.find_by_id(self.conn, id=id)

    async def list(self, limit: int) -> Any:
        return await queries.execution.list(self.conn, limit=limit)

    async def insert(self, new: New) -> Any:
        return await queries.execution.create(
            self.conn, action=new.action, action_ref=new.action_ref, config=new.config
        )

    async def update(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        return await queries.execution.update(self.conn, id=id, status=status, result=result)

    async def bulk(self, rows: Sequence[New]) -> Any:
        return await queries.execution.create_many(self.conn, rows=[row._asdict() for row in rows])

    async def load(self, rows: Sequence[New]) -> Any:
        return await self.bulk(rows)

    async def pipeline(self, ids: Sequence[int]) -> Any:
        async with aio.pipeline(self.conn) as add:
            added = [add(queries.execution.find_by_id, id=id) for id in ids]
        return [each.result() for each in added]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)


class Pooled:
    """attune_sql on `attune_sql.aio.pool`."""

    async def open(self, dsn: str, size: int) -> None:
        self._pool = aio.pool(dsn, min_size=size, max_size=size)
        await self._pool.open(wait=True)

    async def close(self) -> None:
        await self._pool.close()

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._pool.connection() as conn:
            row = await queries.execution.find_by_id(conn, id=id)
            return row, await queries.execution.list(conn, limit=limit)

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)
