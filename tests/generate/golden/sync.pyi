# Written by `attune-sql generate`; do not edit.
"""The queries as synchronous calls."""

import builtins
import datetime
import decimal
import ipaddress
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from psycopg import Connection, RawCursor
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

import tests.generate.models

from . import rows

class Booking:
    """The operations in booking."""

    def add_many(self, conn: Connection[Any], rows: Sequence[rows.BookingAddManyRun], /) -> int:
        """Adds all."""

    def count_by_state(self, conn: Connection[Any]) -> builtins.list[rows.BookingCountByStateRow]:
        """Counts the bookings in each state."""

    def count_by_state_cursor(
        self,
        conn: Connection[Any],
    ) -> AbstractContextManager[RawCursor[rows.BookingCountByStateRow]]:
        """Counts the bookings in each state."""

    def create(self, conn: Connection[Any], *, ref: str, note: tests.generate.models.Note | None = ...) -> rows.Booking:
        """Adds a booking."""

    def delete(self, conn: Connection[Any], *, id: int, during: Range[datetime.date]) -> int:
        """Deletes it."""

    def delete_many(
        self,
        conn: Connection[Any],
        *,
        ids: Sequence[int],
        hosts: ipaddress.IPv4Address | ipaddress.IPv6Address | ipaddress.IPv4Interface | ipaddress.IPv6Interface | str,
        prices: Sequence[decimal.Decimal | int],
        during: Multirange[datetime.date],
    ) -> int:
        """Deletes some."""

    def find_by_id(self, conn: Connection[Any], *, id: int) -> rows.Booking | None:
        """Returns the booking, or no row."""

    def first_ref(self, conn: Connection[Any]) -> str | None:
        """Runs booking.first_ref."""

    def is_open(self, conn: Connection[Any], *, ref: str) -> bool:
        """Runs booking.is_open."""

    def list(
        self,
        conn: Connection[Any],
        *,
        states: Sequence[rows.BookingState],
        limit: int | None = ...,
    ) -> builtins.list[rows.Booking]:
        """Lists bookings in some states."""

    def list_cursor(
        self,
        conn: Connection[Any],
        *,
        states: Sequence[rows.BookingState],
        limit: int | None = ...,
    ) -> AbstractContextManager[RawCursor[rows.Booking]]:
        """Lists bookings in some states."""

    def note(self, conn: Connection[Any], *, id: int) -> tests.generate.models.Note | None:
        """Returns the note."""

    def total(self, conn: Connection[Any]) -> decimal.Decimal | None:
        """Adds all up."""

    def update(
        self,
        conn: Connection[Any],
        *,
        id: int,
        date: datetime.date | None = ...,
        state: rows.BookingState | None = ...,
    ) -> rows.Booking | None:
        """Changes it; a \\ and \"\"\" and a "quote\""""

class Nightly:
    """The operations in upkeep.nightly."""

    def reset(self, conn: Connection[Any]) -> str:
        """Begins anew."""

class Upkeep:
    """The operations in upkeep."""

    nightly: Nightly

class Queries:
    """All operations."""

    available_queries: builtins.list[str]
    booking: Booking
    upkeep: Upkeep

    def now(self, conn: Connection[Any]) -> rows.NowRow:
        """Tells the time."""

def load(path: Path | str, *, lazy: bool = False) -> Queries:
    """Load the folder of these queries, with `lazy` each folder in it at its first use; raises SourceError."""
