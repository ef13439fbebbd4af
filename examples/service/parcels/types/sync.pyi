# Written by `attune-sql generate`; do not edit.
"""The queries as synchronous calls."""

import datetime
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from psycopg import Connection, RawCursor

import parcels.models

from . import rows

class Order:
    """The operations in order."""

    def find(self, conn: Connection[Any], *, id: int) -> rows.OrderFindRow | None:
        """The order with this id, or no row."""

    def finish(
        self,
        conn: Connection[Any],
        *,
        id: int,
        result: parcels.models.Parcel | None,
    ) -> rows.OrderFindRow | None:
        """Ends a running order with its parcel and returns it, or no row when it was not running."""

    def list_open(self, conn: Connection[Any], *, limit: int | None) -> list[rows.OrderFindRow]:
        """Lists the orders that are still to be packed, oldest first."""

    def list_open_cursor(
        self,
        conn: Connection[Any],
        *,
        limit: int | None,
    ) -> AbstractContextManager[RawCursor[rows.OrderFindRow]]:
        """Lists the orders that are still to be packed, oldest first."""

class Report:
    """The operations in report."""

    def weight_by_item(self, conn: Connection[Any], *, since: datetime.datetime) -> list[rows.ReportWeightByItemRow]:
        """Lists the items that were ordered since a moment, with the number of orders and their weight in grams,
        heaviest first.
        """

    def weight_by_item_cursor(
        self,
        conn: Connection[Any],
        *,
        since: datetime.datetime,
    ) -> AbstractContextManager[RawCursor[rows.ReportWeightByItemRow]]:
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
