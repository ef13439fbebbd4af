# Written by `attune-sql generate`; do not edit.
"""The queries as asynchronous calls."""

import datetime
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor

import parcels.models

from . import rows

class Order:
    """The operations in order."""

    async def find(self, conn: AsyncConnection[Any], *, id: int) -> rows.OrderFindRow | None:
        """The order with this id, or no row."""

    async def finish(
        self,
        conn: AsyncConnection[Any],
        *,
        id: int,
        result: parcels.models.Parcel | None,
    ) -> rows.OrderFindRow | None:
        """Ends a running order with its parcel and returns it, or no row when it was not running."""

    async def list_open(self, conn: AsyncConnection[Any], *, limit: int | None) -> list[rows.OrderFindRow]:
        """Lists the orders that are still to be packed, oldest first."""

    def list_open_cursor(
        self,
        conn: AsyncConnection[Any],
        *,
        limit: int | None,
    ) -> AbstractAsyncContextManager[AsyncRawCursor[rows.OrderFindRow]]:
        """Lists the orders that are still to be packed, oldest first."""

class Report:
    """The operations in report."""

    async def weight_by_item(
        self,
        conn: AsyncConnection[Any],
        *,
        since: datetime.datetime,
    ) -> list[rows.ReportWeightByItemRow]:
        """Lists the items that were ordered since a moment, with the number of orders and their weight in grams,
        heaviest first.
        """

    def weight_by_item_cursor(
        self,
        conn: AsyncConnection[Any],
        *,
        since: datetime.datetime,
    ) -> AbstractAsyncContextManager[AsyncRawCursor[rows.ReportWeightByItemRow]]:
        """Lists the items that were ordered since a moment, with the number of orders and their weight in grams,
        heaviest first.
        """

class Queries:
    """All operations."""

    available_queries: list[str]
    order: Order
    report: Report

def load(path: Path | str, *, lazy: bool = False) -> Queries:
    """Load the folder of these queries, with `lazy` each folder in it at its first use; raises SourceError."""
