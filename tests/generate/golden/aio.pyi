# Written by `attune-sql generate`; do not edit.
"""The queries as asynchronous calls."""

import builtins
import datetime
import decimal
import ipaddress
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

import tests.generate.models

from . import rows

class Booking:
    """The operations in booking."""

    async def add_many(self, conn: AsyncConnection[Any], rows: Sequence[rows.BookingAddManyRun], /) -> int:
        """Adds all."""

    async def count_by_state(self, conn: AsyncConnection[Any]) -> builtins.list[rows.BookingCountByStateRow]:
        """Counts the bookings in each state."""

    def count_by_state_cursor(
        self,
        conn: AsyncConnection[Any],
    ) -> AbstractAsyncContextManager[AsyncRawCursor[rows.BookingCountByStateRow]]:
        """Counts the bookings in each state."""

    async def create(
        self,
        conn: AsyncConnection[Any],
        *,
        ref: str,
        note: tests.generate.models.Note | None = ...,
    ) -> rows.Booking:
        """Adds a booking."""

    async def delete(self, conn: AsyncConnection[Any], *, id: int, during: Range[datetime.date]) -> int:
        """Deletes it."""

    async def delete_many(
        self,
        conn: AsyncConnection[Any],
        *,
        ids: Sequence[int],
        hosts: ipaddress.IPv4Address | ipaddress.IPv6Address | ipaddress.IPv4Interface | ipaddress.IPv6Interface | str,
        prices: Sequence[decimal.Decimal | int],
        during: Multirange[datetime.date],
    ) -> int:
        """Deletes some."""

    async def find_by_id(self, conn: AsyncConnection[Any], *, id: int) -> rows.Booking | None:
        """Returns the booking, or no row."""

    async def first_ref(self, conn: AsyncConnection[Any]) -> str | None:
        """Runs booking.first_ref."""

    async def is_open(self, conn: AsyncConnection[Any], *, ref: str) -> bool:
        """Runs booking.is_open."""

    async def list(
        self,
        conn: AsyncConnection[Any],
        *,
        states: Sequence[rows.BookingState],
        limit: int | None = ...,
    ) -> builtins.list[rows.Booking]:
        """Lists bookings in some states."""

    def list_cursor(
        self,
        conn: AsyncConnection[Any],
        *,
        states: Sequence[rows.BookingState],
        limit: int | None = ...,
    ) -> AbstractAsyncContextManager[AsyncRawCursor[rows.Booking]]:
        """Lists bookings in some states."""

    async def note(self, conn: AsyncConnection[Any], *, id: int) -> tests.generate.models.Note | None:
        """Returns the note."""

    async def total(self, conn: AsyncConnection[Any]) -> decimal.Decimal | None:
        """Adds all up."""

    async def update(
        self,
        conn: AsyncConnection[Any],
        *,
        id: int,
        date: datetime.date | None = ...,
        state: rows.BookingState | None = ...,
    ) -> rows.Booking | None:
        """Changes it; a \\ and \"\"\" and a "quote\""""

class Nightly:
    """The operations in upkeep.nightly."""

    async def reset(self, conn: AsyncConnection[Any]) -> str:
        """Begins anew."""

class Upkeep:
    """The operations in upkeep."""

    nightly: Nightly

class Queries:
    """All operations."""

    available_queries: builtins.list[str]
    booking: Booking
    upkeep: Upkeep

    async def now(self, conn: AsyncConnection[Any]) -> rows.NowRow:
        """Tells the time."""

def load(path: Path | str, *, lazy: bool = False) -> Queries:
    """Load the folder of these queries, with `lazy` each folder in it at its first use; raises SourceError."""
