"""What the harness asks of a peer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from attune_sql.generated.rows import ExecutionStatus


class New(NamedTuple):
    """What an execution is made of by every peer; all other columns get their defaults."""

    action: int
    action_ref: str
    config: dict[str, Any]


class SyncPeer(Protocol):
    """A peer on one synchronous connection; every result holds all columns of its rows.

    lacks: operations that the peer has no form of.
    one_by_one: operations that the peer does call by call, having no better form.
    """

    lacks: frozenset[str]
    one_by_one: frozenset[str]

    def open(self, dsn: str) -> None:
        """Connect."""

    def close(self) -> None:
        """Disconnect."""

    def begin(self) -> None:
        """Begin the transaction in which the calls of a slice run; not timed."""

    def commit(self) -> None:
        """Keep what the transaction did."""

    def rollback(self) -> None:
        """End it; not timed."""

    def get(self, id: int) -> Any:
        """Return the execution with this id."""

    def list(self, limit: int) -> Any:
        """Return the newest executions, newest first."""

    def insert(self, new: New) -> Any:
        """Add an execution and return it."""

    def update(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        """Set status and result of an execution and return it."""

    def insert_committed(self, new: New) -> Any:
        """Do insert as a unit of work: nothing is open before, all is committed after, the row is in hand."""

    def update_committed(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        """Do update as a unit of work."""

    def bulk(self, rows: Sequence[New]) -> Any:
        """Add many executions and return them."""

    def load(self, rows: Sequence[New]) -> Any:
        """Add many executions in the fastest way there is; nothing need be returned."""

    def pipeline(self, ids: Sequence[int]) -> Any:
        """Return the executions with these ids by one query each, in as few round trips as can be."""

    def values(self, row: Any) -> tuple[Any, ...]:
        """Return a row's columns in the order of COLUMNS."""


class AsyncPeer(Protocol):
    """A peer on one asynchronous connection; method for method the twin of SyncPeer."""

    lacks: frozenset[str]
    one_by_one: frozenset[str]

    async def open(self, dsn: str) -> None:
        """Connect."""

    async def close(self) -> None:
        """Disconnect."""

    async def begin(self) -> None:
        """Begin the transaction in which the calls of a slice run; not timed."""

    async def commit(self) -> None:
        """Keep what the transaction did."""

    async def rollback(self) -> None:
        """End it; not timed."""

    async def get(self, id: int) -> Any:
        """Return the execution with this id."""

    async def list(self, limit: int) -> Any:
        """Return the newest executions, newest first."""

    async def insert(self, new: New) -> Any:
        """Add an execution and return it."""

    async def update(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        """Set status and result of an execution and return it."""

    async def insert_committed(self, new: New) -> Any:
        """Do insert as a unit of work: nothing is open before, all is committed after, the row is in hand."""

    async def update_committed(self, id: int, status: ExecutionStatus, result: dict[str, Any]) -> Any:
        """Do update as a unit of work."""

    async def bulk(self, rows: Sequence[New]) -> Any:
        """Add many executions and return them."""

    async def load(self, rows: Sequence[New]) -> Any:
        """Add many executions in the fastest way there is; nothing need be returned."""

    async def pipeline(self, ids: Sequence[int]) -> Any:
        """Return the executions with these ids by one query each, in as few round trips as can be."""

    def values(self, row: Any) -> tuple[Any, ...]:
        """Return a row's columns in the order of COLUMNS."""


class PooledPeer(Protocol):
    """A peer on a pool of asynchronous connections."""

    async def open(self, dsn: str, size: int) -> None:
        """Open a pool of this many connections."""

    async def close(self) -> None:
        """Close it."""

    async def work(self, id: int, limit: int) -> tuple[Any, Any]:
        """Take a connection; in a transaction, get an execution by id and list the newest; give the connection back."""

    def values(self, row: Any) -> tuple[Any, ...]:
        """Return a row's columns in the order of COLUMNS."""
