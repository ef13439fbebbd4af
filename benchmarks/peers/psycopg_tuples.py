"""Hand-written psycopg with default settings: tuples, `%s`, the standard library's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from benchmarks.peers.peer import New
from benchmarks.peers.transaction import OnPsycopg
from benchmarks.statements import COPY, Statements, percent

SQL = Statements(percent)


class Peer(OnPsycopg):
    """psycopg's connection as `psycopg.connect` gives it."""

    lacks: frozenset[str] = frozenset()
    one_by_one: frozenset[str] = frozenset()

    def open(self, dsn: str) -> None:
        self.conn = psycopg.connect(dsn, autocommit=True)

    def get(self, id: int) -> Any:
        return self.conn.execute(SQL.get, (id,)).fetchone()

    def list(self, limit: int) -> Any:
        return self.conn.execute(SQL.list, (limit,)).fetchall()

    def insert(self, new: New) -> Any:
        return self.conn.execute(SQL.insert, (new.action, new.action_ref, Jsonb(new.config))).fetchone()

    def update(self, id: int, status: str, result: dict[str, Any]) -> Any:
        return self.conn.execute(SQL.update, (status, Jsonb(result), id)).fetchone()

    def bulk(self, rows: Sequence[New]) -> Any:
        cursor = self.conn.cursor()
        cursor.executemany(
            SQL.insert, [(row.action, row.action_ref, Jsonb(row.config)) for row in rows], returning=True
        )
        return [each.fetchone() for each in cursor.results()]

    def load(self, rows: Sequence[New]) -> Any:
        with self.conn.cursor().copy(COPY) as copy:
            for row in rows:
                copy.write_row((row.action, row.action_ref, Jsonb(row.config)))

    def pipeline(self, ids: Sequence[int]) -> Any:
        with self.conn.pipeline():
            cursors = [self.conn.execute(SQL.get, (id,)) for id in ids]
            return [cursor.fetchone() for cursor in cursors]

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(row)
