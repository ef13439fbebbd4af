"""The peers: each file runs the same work on the same server as its own documentation recommends.

A module is imported only when its peer is chosen, so that a peer whose package is missing hurts nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from benchmarks.peers.peer import AsyncPeer, PooledPeer, SyncPeer

BASELINE: Final = "psycopg_tuples"
"""What every ratio is against, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A peer: the name of its module, how tables call it, and the packages that it needs."""

    name: str
    label: str
    packages: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """Return the packages that are not installed."""
        return tuple(package for package in self.packages if find_spec(package) is None)

    def connection(self) -> SyncPeer | AsyncPeer:
        """Make the peer that works on one connection; it is not open yet."""
        peer: SyncPeer | AsyncPeer = self._module().Peer()
        return peer

    def pooled(self) -> PooledPeer | None:
        """Make the peer that works on a pool of asynchronous connections, where there is one; it is not open yet."""
        make = getattr(self._module(), "Pooled", None)
        return make() if make else None

    def _module(self) -> Any:
        return import_module(f"benchmarks.peers.{self.name}")


ENTRIES: Final = (
    Entry("library", "attune_sql"),
    Entry("library_async", "attune_sql, async"),
    Entry("psycopg_tuples", "psycopg, tuples"),
    Entry("psycopg_class_row", "psycopg, class_row"),
    Entry("psycopg_async", "psycopg async, tuples"),
    Entry("psycopg_async_tuned", "psycopg async, tuples, our settings"),
    Entry("aiosql_dataclass", "aiosql, dataclass rows"),
    Entry("asyncpg_records", "asyncpg", ("asyncpg",)),
    Entry("sqlspec_dataclass", "sqlspec", ("sqlspec",)),
    Entry("sqlalchemy_core", "SQLAlchemy Core", ("sqlalchemy",)),
    Entry("sqlalchemy_orm", "SQLAlchemy ORM", ("sqlalchemy",)),
    Entry("django_orm", "Django ORM", ("django",)),
)
