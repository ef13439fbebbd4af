"""What peers on a connection of psycopg do outside the clock: close it, begin and end the transaction of a slice."""

from __future__ import annotations

from typing import Any

import psycopg


class OnPsycopg:
    """A peer whose connection is psycopg's own."""

    conn: psycopg.Connection[Any]

    def close(self) -> None:
        self.conn.close()

    def begin(self) -> None:
        self.conn.execute("BEGIN")

    def commit(self) -> None:
        self.conn.commit()

    def rollback(self) -> None:
        self.conn.rollback()


class OnAsyncPsycopg:
    """A peer whose connection is psycopg's own asynchronous one."""

    conn: psycopg.AsyncConnection[Any]

    async def close(self) -> None:
        await self.conn.close()

    async def begin(self) -> None:
        await self.conn.execute("BEGIN")

    async def commit(self) -> None:
        await self.conn.commit()

    async def rollback(self) -> None:
        await self.conn.rollback()
