# Written by `attune-sql generate`; do not edit.
"""The rows and enums of the queries."""

from __future__ import annotations

import datetime
import decimal
import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, NotRequired, TypeAlias, TypedDict

from psycopg.types.json import Jsonb
from psycopg.types.multirange import Multirange

import tests.generate.models

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""What a json or jsonb column yields."""

JSONIn: TypeAlias = "Mapping[str, object] | Sequence[object] | str | int | float | bool"
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
    note: tests.generate.models.Note | None
    created: datetime.datetime


class BookingCountByStateRow(NamedTuple):
    """A row of booking.count_by_state."""

    state: BookingState
    count: int  # type: ignore[assignment]
    share: decimal.Decimal | None
    days: Multirange[datetime.date] | None
    seats: list[str] | None
    tags: list[str]
    seat: str | None
    states: list[BookingState] | None
    refs: list[str]
    notes: list[tests.generate.models.Note]
    span: str | None
    host: ipaddress.IPv4Address | ipaddress.IPv6Address | ipaddress.IPv4Interface | ipaddress.IPv6Interface
    found: str
    both: tuple[Any, ...]


class BookingAddManyRun(TypedDict):
    """The arguments of one run of booking.add_many."""

    id: int
    states: Sequence[BookingState]
    note: NotRequired[JSONIn | Jsonb | None]


ROWS: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {
    ("", NowRow._fields): NowRow,
    ("booking", Booking._fields): Booking,
    ("booking", BookingCountByStateRow._fields): BookingCountByStateRow,
}
"""The row classes by repository and column names, for the run time."""

ARRAYS: dict[str, dict[str, int]] = {
    "booking.count_by_state": {"seats": 25, "states": 25, "refs": 25},
}
"""By operation, the arrays that psycopg does not know, with the type of their elements, for the run time."""
