"""What peers on a connection of psycopg have in common: transactions, and calls outside of one.

Their connections are in autocommit: a call outside of a transaction is a unit of work (psycopg manual, "Transactions
management", "Autocommit transactions").
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks.peers.peer import New

if TYPE_CHECKING:
    from attune_sql.generated.rows import ExecutionStatus


class OnPsycopg(ABC):
    """A peer whose connection is psycopg's own."""

    conn: psycopg.Connection[Any]

    @abstractmethod
    def insert(self, new: New) -> Any: ...

    @abstractmethod
    def update(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any: ...

    def close(self) -> None:
        self.conn.close()

    def begin(self) -> None:
        self.conn.execute("BEGIN")

    def commit(self) -> None:
        self.conn.commit()

    def rollback(self) -> None:
        self.conn.rollback()

    def insert_committed(self, new: New) -> Any:
        return self.insert(new)

    def update_committed(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        return self.update(id, status, result)


class OnAsyncPsycopg(ABC):
    """A peer whose connection is psycopg's own asynchronous one."""

    conn: psycopg.AsyncConnection[Any]

    @abstractmethod
    async def insert(self, new: New) -> Any: ...

    @abstractmethod
    async def update(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any: ...

    async def close(self) -> None:
        await self.conn.close()

    async def begin(self) -> None:
        await self.conn.execute("BEGIN")

    async def commit(self) -> None:
        await self.conn.commit()

    async def rollback(self) -> None:
        await self.conn.rollback()

    async def insert_committed(self, new: New) -> Any:
        return await self.insert(new)

    async def update_committed(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        return await self.update(id, status, result)
