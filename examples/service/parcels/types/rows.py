# Written by `attune-sql generate`; do not edit.
"""The rows and enums of the queries."""

from __future__ import annotations

import decimal
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

import parcels.models

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""What a json or jsonb column yields."""

JSONIn: TypeAlias = "Mapping[str, object] | Sequence[object] | str | int | float | bool"
"""What a json or jsonb parameter takes."""

ExecutionStatus: TypeAlias = Literal[
    "requested",
    "scheduling",
    "scheduled",
    "running",
    "completed",
    "failed",
    "canceling",
    "cancelled",
    "timeout",
    "abandoned",
]


class OrderFindRow(NamedTuple):
    """A row of order.find, order.finish, order.list_open."""

    id: int
    status: ExecutionStatus
    config: parcels.models.Order | None
    result: parcels.models.Parcel | None


class ReportWeightByItemRow(NamedTuple):
    """A row of report.weight_by_item."""

    item: str | None
    orders: int
    grams: decimal.Decimal
    statuses: list[ExecutionStatus]


ROWS: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {
    ("order", OrderFindRow._fields): OrderFindRow,
    ("report", ReportWeightByItemRow._fields): ReportWeightByItemRow,
}
"""The row classes by repository and column names, for the run time."""

ARRAYS: dict[str, dict[str, int]] = {
    "report.weight_by_item": {"statuses": 25},
}
"""By operation, the arrays that psycopg does not know, with the type of their elements, for the run time."""
