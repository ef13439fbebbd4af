"""SQLAlchemy's ORM on psycopg (SQLAlchemy 2 documentation, "ORM Quick Start", "ORM Bulk INSERT Statements")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import create_engine, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Session

from benchmarks.peers import sqlalchemy_core
from benchmarks.peers.peer import New
from benchmarks.peers.sqlalchemy_core import EXECUTION
from benchmarks.statements import COLUMNS


class Base(DeclarativeBase):
    """The registry of mapped classes."""


class Execution(Base):
    """An execution, mapped column by column."""

    __table__ = EXECUTION


def _newest(limit: int) -> Any:
    return select(Execution).order_by(EXECUTION.c.created.desc(), EXECUTION.c.id.desc()).limit(limit)


def _in_hand(execution: Any) -> Any:
    # A commit expires the object; reading one column loads them all ("Session Basics", "Committing").
    _ = execution.id
    return execution


class Peer:
    """A session for a slice or a unit of work; an update loads the object and changes it, as the Quick Start does."""

    lacks: frozenset[str] = frozenset()
    one_by_one = frozenset({"pipeline 20"})

    def open(self, dsn: str) -> None:
        self._engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))

    def close(self) -> None:
        self._engine.dispose()

    def begin(self) -> None:
        self._session = Session(self._engine)
        self._session.connection().exec_driver_sql("SELECT 1")

    def commit(self) -> None:
        self._session.commit()
        self._session.close()

    def rollback(self) -> None:
        self._session.close()

    def get(self, id: int) -> Any:
        return self._session.get(Execution, id)

    def list(self, limit: int) -> Any:
        return self._session.scalars(_newest(limit)).all()

    def insert(self, new: New) -> Any:
        execution = Execution(action=new.action, action_ref=new.action_ref, config=new.config)
        self._session.add(execution)
        self._session.flush()
        return execution

    def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        execution: Any = self._session.get(Execution, id)
        execution.status = status
        execution.result = result
        self._session.flush()
        return execution

    def insert_committed(self, new: New) -> Any:
        with Session(self._engine) as session:
            execution = Execution(action=new.action, action_ref=new.action_ref, config=new.config)
            session.add(execution)
            session.commit()
            return _in_hand(execution)

    def update_committed(self, id: int, status: str, result: dict[str, Any]) -> Any:
        with Session(self._engine) as session:
            execution: Any = session.get(Execution, id)
            execution.status = status
            execution.result = result
            session.commit()
            return _in_hand(execution)

    def bulk(self, rows: Sequence[New]) -> Any:
        return self._session.scalars(insert(Execution).returning(Execution), [row._asdict() for row in rows]).all()

    def load(self, rows: Sequence[New]) -> Any:
        self._session.execute(insert(Execution), [row._asdict() for row in rows])

    def pipeline(self, ids: Sequence[int]) -> Any:
        return [self._session.get(Execution, id) for id in ids]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)


class Pooled(sqlalchemy_core.Pooled):
    """Asynchronous sessions on an asynchronous engine, one for each piece of work."""

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
            row = await session.get(Execution, id)
            return row, (await session.scalars(_newest(limit))).all()

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in COLUMNS)
