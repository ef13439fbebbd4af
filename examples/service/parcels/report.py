"""What happened, through synchronous calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from attune_sql import queries
from attune_sql.generated.rows import ExecutionStatus
from parcels.database import ACTION, TRIGGER, own


def lines(conn: Connection[Any], since: datetime) -> Iterator[str]:
    """Tell what happened since a moment, line by line."""
    until = since + timedelta(days=1)
    counts: dict[ExecutionStatus, int] = {
        row.status: row.count for row in queries.execution.count_by_status(conn, since=since)
    }
    yield "orders: " + ", ".join(f"{count} {status}" for status, count in counts.items())
    rate = queries.execution.failure_rate(conn, since=since, until=until)
    yield f"failed: {rate.failed} of {rate.total}"
    for row in own.report.weight_by_item(conn, since=since):
        yield f"{row.item}: {row.orders} of {row.grams} g, {' and '.join(sorted(row.statuses))}"
    events = queries.event.count_by_hour(conn, since=since, until=until, trigger_ref=TRIGGER)
    done = queries.execution.throughput_by_hour(conn, since=since, until=until, action_ref=ACTION)
    yield f"events: {sum(each.count for each in events)}, of them executed: {sum(each.count for each in done)}"
    healthy = queries.worker.list_healthy(conn, max_age_seconds=60)
    yield "workers: " + ", ".join(worker.name for worker in healthy)
    for found in queries.execution.search(conn, limit=10, action_ref=ACTION, status="completed", since=since):
        order = own.order.find(conn, id=found.id)
        if order is not None and order.result is not None:
            yield f"{order.result['label']}: packed by {order.result['packed_by']}"
    with queries.execution.list_cursor(conn, limit=1000) as cursor:
        yield f"executions: {sum(1 for _ in cursor)} in {queries.pack.count(conn)} pack"
