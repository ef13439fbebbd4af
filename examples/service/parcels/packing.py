"""A worker packs orders, through asynchronous calls; heavy ones when a person has agreed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from psycopg import AsyncConnection

from attune_sql.aio import queries
from attune_sql.generated.rows import Execution, Worker
from parcels.database import HEAVY, PACK, own_async
from parcels.models import Order, Parcel


async def sign_on(conn: AsyncConnection[Any], name: str) -> Worker:
    """Register a worker, or bring it back."""
    known = await queries.worker.find_by_name(conn, name=name)
    if known is None:
        return await queries.worker.create(conn, name=name, worker_type="local", status="active")
    await queries.worker.update(conn, id=known.id, status="active")
    return await queries.worker.heartbeat(conn, id=known.id) or known


async def pack_all(conn: AsyncConnection[Any], worker: Worker) -> int:
    """Pack what is requested until nothing is left; returns the number of parcels."""
    packed = 0
    while claimed := await queries.execution.claim(conn, limit=10):
        for execution in claimed:
            if await _start(conn, execution) and await _pack(conn, worker, execution.id):
                packed += 1
        await queries.worker.heartbeat(conn, id=worker.id)
    return packed


async def answer_all(conn: AsyncConnection[Any], login: str, agreed: bool) -> int:
    """Answer, as a person, whatever was asked; returns the number of answers."""
    person = await queries.identity.find_by_login(conn, login=login)
    if person is None:
        person = await queries.identity.create(conn, login=login, display_name=login.title())
    answered = 0
    for inquiry in await queries.inquiry.list_by_status(conn, status="pending", limit=100):
        await queries.inquiry.update(conn, id=inquiry.id, assigned_to=person.id)
        if await queries.inquiry.respond(conn, id=inquiry.id, response={"agreed": agreed}) is not None:
            await queries.execution.revert_to_requested(conn, id=inquiry.execution)
            answered += 1
    await queries.inquiry.expire_pending(conn, limit=100)
    return answered


async def clean_up(conn: AsyncConnection[Any]) -> int:
    """Give back what dead workers hold, and deliver the notices; returns their number."""
    for status in ("scheduling", "scheduled"):
        await queries.execution.reclaim_stale(conn, status=status, older_than_seconds=300, limit=100)
    await queries.worker.mark_stale_inactive(conn, max_age_seconds=300)
    notices = await queries.notification.claim(conn, limit=100, channel=PACK)
    for notice in notices:
        await queries.notification.delete(conn, id=notice.id)
    await queries.notification.delete_before(conn, before=datetime(2020, 1, 1, tzinfo=UTC), limit=100)
    return len(notices)


async def _start(conn: AsyncConnection[Any], execution: Execution) -> bool:
    scheduled = await queries.execution.transition(
        conn, id=execution.id, from_status="scheduling", to_status="scheduled"
    )
    return scheduled is not None


async def _pack(conn: AsyncConnection[Any], worker: Worker, id: int) -> bool:
    order = await own_async.order.find(conn, id=id)
    if order is None or order.config is None:
        return False
    if order.config["grams"] >= HEAVY and not await _agreed(conn, id, order.config):
        return False
    running = await queries.execution.transition(conn, id=id, from_status="scheduled", to_status="running")
    if running is None:
        return False
    parcel: Parcel = {"label": f"parcel of {order.config['item']}", "packed_by": worker.name}
    if await own_async.order.finish(conn, id=id, result=parcel) is None:
        return False
    await _file(conn, id, parcel)
    return True


async def _agreed(conn: AsyncConnection[Any], id: int, order: Order) -> bool:
    asked = await queries.inquiry.list_by_execution(conn, execution=id)
    if not asked:
        await queries.inquiry.create(conn, execution=id, prompt=f"Pack {order['item']} of {order['grams']} g?")
        return False
    response = asked[0].response
    return isinstance(response, dict) and response.get("agreed") is True


async def _file(conn: AsyncConnection[Any], id: int, parcel: Parcel) -> None:
    """Keep the label of a parcel as a file, with its versions."""
    ref = f"{PACK}.label.{id}"
    artifact = await queries.artifact.find_by_ref(conn, ref=ref)
    if artifact is None:
        artifact = await queries.artifact.create(conn, ref=ref, type="file_text", scope="pack", owner=PACK)
    await queries.artifact_version.create(
        conn, artifact=artifact.id, content_type="text/plain", content=parcel["label"].encode()
    )
    latest = await queries.artifact_version.find_latest(conn, artifact=artifact.id)
    if latest is not None and latest.size_bytes is not None:
        await queries.artifact_version.list_by_artifact(conn, artifact=artifact.id)
