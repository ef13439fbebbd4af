"""Calls and their types; a checker reports an `assert_type` that does not hold exactly."""

from __future__ import annotations

import datetime
import decimal
import ipaddress
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Literal, assert_type
from uuid import UUID

from psycopg import AsyncConnection, AsyncRawCursor, Connection, RawCursor
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from attune_sql import queries
from attune_sql.aio import queries as twins
from attune_sql.generated import rows
from tests.generate.golden import aio, sync
from tests.generate.golden import rows as made_up
from tests.generate.models import Note


def bundled(conn: Connection[Any]) -> None:
    found = queries.execution.find_by_id(conn, id=42)
    assert_type(found, rows.Execution | None)
    assert found is not None
    assert_type(found.id, int)
    assert_type(found.executor, int | None)
    assert_type(found.status, rows.ExecutionStatus)
    assert_type(found.config, rows.JSON | None)
    assert_type(found.created, datetime.datetime)
    assert_type(queries.execution.create(conn, action_ref="core.echo"), rows.Execution)
    assert_type(
        queries.execution.create(conn, action_ref="core.echo", status="running", config={"a": [1, None]}).id, int
    )
    assert_type(queries.execution.list(conn, limit=None), list[rows.Execution])
    assert_type(queries.execution.claim(conn, limit=1), list[rows.Execution])
    assert_type(queries.execution.failure_rate(conn, since=found.created, until=found.created).failure_rate, float)
    assert_type([each.count for each in queries.execution.count_by_status(conn)], list[int])
    assert_type(queries.execution.delete(conn, id=1), int)
    assert_type(queries.pack.count(conn), int)
    assert_type(queries.pack.exists_by_ref(conn, ref="core"), bool)
    assert_type(queries.pack.list_by_refs(conn, refs=("core",)), list[rows.Pack])
    assert_type(queries.work_queue_item.lease(conn, queue=1, limit=1, lease_seconds=1)[0].lease_token, UUID | None)
    assert_type(queries.execution.list_cursor(conn, limit=1), AbstractContextManager[RawCursor[rows.Execution]])
    with queries.execution.list_cursor(conn, limit=1) as cursor:
        assert_type([each.id for each in cursor], list[int])


async def asynchronous(conn: AsyncConnection[Any]) -> None:
    assert_type(await twins.execution.find_by_id(conn, id=42), rows.Execution | None)
    assert_type((await twins.execution.create(conn, action_ref="core.echo")).status, rows.ExecutionStatus)
    assert_type(await twins.execution.list(conn, limit=9), list[rows.Execution])
    assert_type(await twins.execution.delete(conn, id=1), int)
    assert_type(await twins.pack.exists_by_ref(conn, ref="core"), bool)
    assert_type(twins.execution.list_cursor(conn, limit=1), AbstractAsyncContextManager[AsyncRawCursor[rows.Execution]])
    async with twins.execution.list_cursor(conn, limit=1) as cursor:
        assert_type([each.id async for each in cursor], list[int])


def every_kind(conn: Connection[Any], made: sync.Queries) -> None:
    assert_type(sync.load("queries"), sync.Queries)
    assert_type(aio.load("queries"), aio.Queries)
    (row,) = made.booking.count_by_state(conn)
    assert_type(row.state, Literal["open", 'so "called"'])
    assert_type(row.count, int)
    assert_type(row.share, decimal.Decimal | None)
    assert_type(row.days, Multirange[datetime.date] | None)
    assert_type(row.seats, list[str] | None)
    assert_type(row.tags, list[str])
    assert_type(row.seat, str | None)
    assert_type(row.states, list[Literal["open", 'so "called"']] | None)
    assert_type(row.refs, list[str])
    assert_type(row.notes, list[Note])
    assert_type(row.span, str | None)
    assert_type(row.found, str)
    assert_type(row.both, tuple[Any, ...])
    assert not isinstance(row.host, ipaddress.IPv6Address)
    assert_type(made.booking.create(conn, ref="a", note={"text": "b"}), made_up.Booking)
    assert_type(made.booking.list(conn, states=["open"]), list[made_up.Booking])
    assert_type(made.booking.update(conn, id=1, state=None), made_up.Booking | None)
    assert_type(made.booking.delete(conn, id=1, during=Range(None, None)), int)
    assert_type(made.booking.delete_many(conn, ids=range(3), hosts="::1", prices=[1], during=Multirange()), int)
    assert_type(made.booking.total(conn), decimal.Decimal | None)
    assert_type(made.booking.is_open(conn, ref="a"), bool)
    assert_type(made.booking.first_ref(conn), str | None)
    assert_type(made.booking.note(conn, id=1), Note | None)
    assert_type(made.booking.add_many(conn, [{"id": 1, "states": ["open"]}, {"id": 2, "states": [], "note": {}}]), int)
    assert_type(made.upkeep.nightly.reset(conn), str)
    assert_type(made.now(conn).now, datetime.datetime | None)
