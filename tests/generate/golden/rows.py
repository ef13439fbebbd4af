# Written by `attune-sql generate` (`make generate`); do not edit.
"""The rows and enums of the queries."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from psycopg.types.multirange import Multirange

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""What a json or jsonb column yields."""

JSONIn: TypeAlias = "Mapping[str, JSONIn | None] | Sequence[JSONIn | None] | str | int | float | bool"
"""What a json or jsonb parameter takes."""

BookingState: TypeAlias = Literal["open", 'so "called"']


class NowRow(NamedTuple):
    """A row of now."""

    now: datetime.datetime | None


class Booking(NamedTuple):
    """A row of booking."""

    id: int
    ref: str
    state: BookingState
    date: datetime.date | None
    note: JSON | None
    created: datetime.datetime


class BookingCountByStateRow(NamedTuple):
    """A row of booking.count_by_state."""

    state: BookingState
    count: int  # type: ignore[assignment]
    share: decimal.Decimal | None
    days: Multirange[datetime.date] | None
    seats: object
    tags: list[str]
    seat: object


ROWS: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {
    ("", NowRow._fields): NowRow,
    ("booking", Booking._fields): Booking,
    ("booking", BookingCountByStateRow._fields): BookingCountByStateRow,
}
"""The row classes by repository and column names, for the run time."""
