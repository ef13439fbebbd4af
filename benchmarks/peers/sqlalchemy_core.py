"""SQLAlchemy Core on psycopg (SQLAlchemy 2 documentation, "Unified Tutorial", "Working with Data")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ENUM, JSONB
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.peers.peer import New

STATUS = ENUM(
    "requested", "scheduling", "scheduled", "running", "completed", "failed", "canceling", "cancelled", "timeout",
    "abandoned", name="execution_status_enum", schema="attune", create_type=False,
)  # fmt: skip

EXECUTION = Table(
    "execution",
    MetaData(schema="attune"),
    Column("id", BigInteger, primary_key=True),
    Column("action", BigInteger),
    Column("action_ref", Text, nullable=False),
    Column("config", JSONB),
    Column("parent", BigInteger),
    Column("enforcement", BigInteger),
    Column("executor", BigInteger),
    Column("status", STATUS, nullable=False, server_default="requested"),
    Column("result", JSONB),
    Column("worker", BigInteger),
    Column("started_at", DateTime(timezone=True)),
    Column("retry_count", Integer, nullable=False, server_default="0"),
    Column("max_retries", Integer),
    Column("retry_reason", Text),
    Column("original_execution", BigInteger),
    Column("top_level", Boolean, nullable=False, server_default="true"),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


def _newest(limit: int) -> Any:
    return select(EXECUTION).order_by(EXECUTION.c.created.desc(), EXECUTION.c.id.desc()).limit(limit)


def _change(id: int, status: str, result: dict[str, Any]) -> Any:
    return (
        update(EXECUTION)
        .where(EXECUTION.c.id == id)
        .values(status=status, result=result, updated=func.clock_timestamp())
        .returning(EXECUTION)
    )


class Peer:
    """A Core connection, and `engine.begin()` for a unit of work; statements are compiled once and cached."""

    lacks: frozenset[str] = frozenset()
    one_by_one = frozenset({"pipeline 20"})

    def open(self, dsn: str) -> None:
        self._engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))
        self._conn = self._engine.connect()

    def close(self) -> None:
        self._conn.close()
        self._engine.dispose()

    def begin(self) -> None:
        self._conn.exec_driver_sql("SELECT 1")

    def commit(self) -> None:
        self._conn.commit()

    def rollback(self) -> None:
        self._conn.rollback()

    def get(self, id: int) -> Any:
        return self._conn.execute(select(EXECUTION).where(EXECUTION.c.id == id)).one()

    def list(self, limit: int) -> Any:
        return self._conn.execute(_newest(limit)).all()

    def insert(self, new: New) -> Any:
        return self._conn.execute(insert(EXECUTION).returning(EXECUTION), new._asdict()).one()

    def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return self._conn.execute(_change(id, status, result)).one()

    def insert_committed(self, new: New) -> Any:
        with self._engine.begin() as conn:
            return conn.execute(insert(EXECUTION).returning(EXECUTION), new._asdict()).one()

    def update_committed(self, id: int, status: str, result: dict[str, Any]) -> Any:
        with self._engine.begin() as conn:
            return conn.execute(_change(id, status, result)).one()

    def bulk(self, rows: Sequence[New]) -> Any:
        return self._conn.execute(insert(EXECUTION).returning(EXECUTION), [row._asdict() for row in rows]).all()

    def load(self, rows: Sequence[New]) -> Any:
        self._conn.execute(insert(EXECUTION), [row._asdict() for row in rows])

    def pipeline(self, ids: Sequence[int]) -> Any:
        return [self.get(id) for id in ids]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)


class Pooled:
    """An asynchronous engine on psycopg."""

    async def open(self, dsn: str, size: int) -> None:
        self._engine = create_async_engine(
            "postgresql+psycopg://",
            async_creator=lambda: psycopg.AsyncConnection.connect(dsn),
            pool_size=size,
            max_overflow=0,
        )

    async def close(self) -> None:
        await self._engine.dispose()

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with self._engine.begin() as conn:
            row = (await conn.execute(select(EXECUTION).where(EXECUTION.c.id == id))).one()
            return row, (await conn.execute(_newest(limit))).all()

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)
