"""Queue items: leased to one caller under one token, completed, released, extended or reclaimed, exactly once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40
NOBODY = uuid.UUID(int=0)
STATUSES = ("queued", "leased", "retry", "completed", "failed", "skipped", "cancelled")


def _ids(rows: list[Any]) -> list[int]:
    return [row.id for row in rows]


def _enqueue(db: Database, queue: int, *priorities: int) -> list[int]:
    """Add an item for each priority; return their ids."""
    add = db.work_queue_item.enqueue
    return [add(queue=queue, payload={}, enqueue_source="api", priority=each).id for each in priorities]


def _lease(db: Database, queue: int, limit: int = 9, seconds: float = 60, **more: Any) -> list[Any]:
    return list(db.work_queue_item.lease(queue=queue, limit=limit, lease_seconds=seconds, **more))


def _lapse(db: Database, *ids: int) -> None:
    db.execute(
        "UPDATE attune.work_queue_item SET lease_expires_at = now() - interval '1 s' WHERE id = ANY(%s)", list(ids)
    )


def test_enqueue_takes_what_is_required_and_defaults_the_rest(db: Database) -> None:
    queue = factories.work_queue(db, ref="core.mail")
    made = db.work_queue_item.enqueue(queue=queue.id, payload={"to": "you"}, enqueue_source="api")
    assert (made.queue, made.queue_ref, made.payload, made.enqueue_source) == (
        queue.id,
        "core.mail",
        {"to": "you"},
        "api",
    )
    assert (made.item_key, made.priority, made.status, made.metadata, made.attempt_count) == (None, 0, "queued", {}, 0)
    assert (made.leased_execution, made.lease_token, made.lease_expires_at) == (None, None, None)
    assert (made.last_error, made.ack_summary) == (None, None)
    assert made.created == made.updated


def test_enqueue_keeps_every_column(db: Database) -> None:
    given = {
        "queue": factories.work_queue(db).id,
        "payload": [1, None],
        "enqueue_source": "rule",
        "item_key": "user-7",
        "priority": -5,
        "metadata": {"trace": "abc"},
        "requested_by_identity": factories.identity(db).id,
        "requested_by_execution": UNKNOWN,
        "requested_by_enforcement": UNKNOWN + 1,
    }
    made = db.work_queue_item.enqueue(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.work_queue_item.find_by_id(id=made.id) == made


def test_enqueue_takes_the_priority_of_the_queue_unless_one_is_given(db: Database) -> None:
    queue = factories.work_queue(db, default_priority=7).id
    add = db.work_queue_item.enqueue
    assert add(queue=queue, payload={}, enqueue_source="api").priority == 7
    assert add(queue=queue, payload={}, enqueue_source="api", priority=0).priority == 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"queue": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"requested_by_identity": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"queue": None}, psycopg.errors.NotNullViolation),
        ({"payload": None}, psycopg.errors.NotNullViolation),
        ({"enqueue_source": None}, psycopg.errors.NotNullViolation),
        ({"priority": None}, psycopg.errors.NotNullViolation),
        ({"metadata": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_enqueue_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    given = {"queue": factories.work_queue(db).id, "payload": {}, "enqueue_source": "api"}
    with pytest.raises(error):
        db.work_queue_item.enqueue(**{**given, **change})


def test_an_unknown_id_finds_and_deletes_nothing(db: Database) -> None:
    assert db.work_queue_item.find_by_id(id=UNKNOWN) is None
    assert db.work_queue_item.delete(id=UNKNOWN) == 0


def test_delete_removes_one(db: Database) -> None:
    (item,) = _enqueue(db, factories.work_queue(db).id, 0)
    assert db.work_queue_item.delete(id=item) == 1
    assert db.work_queue_item.delete(id=item) == 0


def test_an_item_outlives_the_identity_that_asked_for_it(db: Database) -> None:
    identity = factories.identity(db)
    made = db.work_queue_item.enqueue(
        queue=factories.work_queue(db).id, payload={}, enqueue_source="api", requested_by_identity=identity.id
    )
    db.identity.delete(id=identity.id)
    assert db.work_queue_item.find_by_id(id=made.id).requested_by_identity is None


def test_list_by_queue_goes_by_priority_then_age(db: Database) -> None:
    queue, other = factories.work_queue(db).id, factories.work_queue(db).id
    low, high, low_too, older = _enqueue(db, queue, 1, 5, 1, 1)
    _enqueue(db, other, 9)
    db.execute("UPDATE attune.work_queue_item SET created = now() - interval '1 hour' WHERE id = %s", older)
    db.execute("UPDATE attune.work_queue_item SET status = 'failed' WHERE id = %s", low_too)
    every = [high, older, low, low_too]
    assert _ids(db.work_queue_item.list_by_queue(queue=queue)) == every
    assert _ids(db.work_queue_item.list_by_queue(queue=queue, limit=2)) == every[:2]
    assert _ids(db.work_queue_item.list_by_queue(queue=queue, status="queued")) == every[:3]
    assert _ids(db.work_queue_item.list_by_queue(queue=queue, status="failed", limit=2)) == [low_too]
    assert db.work_queue_item.list_by_queue(queue=queue, limit=0) == []
    assert db.work_queue_item.list_by_queue(queue=UNKNOWN) == []


def test_lease_takes_by_priority_then_age_under_one_token(db: Database) -> None:
    queue = factories.work_queue(db).id
    low, high, low_too, older = _enqueue(db, queue, 1, 5, 1, 1)
    db.execute("UPDATE attune.work_queue_item SET created = now() - interval '1 hour' WHERE id = %s", older)
    leased = _lease(db, queue, limit=3, seconds=90.5, execution=42)
    assert _ids(leased) == [high, older, low]
    assert {(row.status, row.attempt_count, row.leased_execution) for row in leased} == {("leased", 1, 42)}
    assert len({row.lease_token for row in leased}) == len({row.lease_expires_at for row in leased}) == 1
    left = leased[0].lease_expires_at - datetime.now(UTC)
    assert timedelta(seconds=60) < left <= timedelta(seconds=90.5)
    rest = _lease(db, queue)
    assert _ids(rest) == [low_too]
    assert rest[0].leased_execution is None
    assert rest[0].lease_token != leased[0].lease_token
    assert _lease(db, queue) == []


@pytest.mark.parametrize("status", STATUSES)
def test_only_queued_and_retry_items_are_leased(db: Database, status: str) -> None:
    queue = factories.work_queue(db).id
    (item,) = _enqueue(db, queue, 0)
    db.execute(
        "UPDATE attune.work_queue_item SET status = %s::attune.work_queue_item_status_enum,"
        " lease_token = gen_random_uuid(), lease_expires_at = now() WHERE id = %s",
        status,
        item,
    )
    assert _ids(_lease(db, queue)) == ([item] if status in ("queued", "retry") else [])


@pytest.mark.parametrize("limit", [0, -1])
def test_lease_with_a_limit_of_nothing_takes_nothing(db: Database, limit: int) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 0)
    assert _lease(db, queue, limit=limit) == []


def test_a_disabled_queue_takes_items_and_leases_none(db: Database) -> None:
    queue = factories.work_queue(db, enabled=False).id
    (item,) = _enqueue(db, queue, 0)
    assert _lease(db, queue) == []
    db.work_queue.update(id=queue, enabled=True)
    assert _ids(_lease(db, queue)) == [item]
    assert _lease(db, UNKNOWN) == []


def test_complete_ends_the_lease_of_all_its_items(db: Database) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 1, 2, 3)
    leased = _lease(db, queue, limit=2, execution=42)
    done = db.work_queue_item.complete(lease_token=leased[0].lease_token, ack_summary={"sent": 2})
    freed = {"status": "completed", "lease_token": None, "lease_expires_at": None, "ack_summary": {"sent": 2}}
    assert done == [before._replace(**freed, updated=after.updated) for before, after in zip(leased, done, strict=True)]
    assert all(after.updated > before.updated for before, after in zip(leased, done, strict=True))
    assert db.work_queue_item.complete(lease_token=leased[0].lease_token) == []
    assert len(_lease(db, queue)) == 1


def test_complete_forgets_the_error_of_an_earlier_try(db: Database) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 0)
    db.work_queue_item.release(lease_token=_lease(db, queue)[0].lease_token, last_error={"why": "busy"})
    (leased,) = _lease(db, queue)
    assert (leased.attempt_count, leased.last_error) == (2, {"why": "busy"})
    (done,) = db.work_queue_item.complete(lease_token=leased.lease_token)
    assert (done.last_error, done.ack_summary) == (None, None)


def test_release_puts_the_items_back(db: Database) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 1, 2)
    leased = _lease(db, queue, execution=42)
    back = db.work_queue_item.release(lease_token=leased[0].lease_token)
    freed = {"status": "queued", "leased_execution": None, "lease_token": None, "lease_expires_at": None}
    assert back == [before._replace(**freed, updated=after.updated) for before, after in zip(leased, back, strict=True)]
    assert _ids(_lease(db, queue)) == _ids(leased)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "leased"])
def test_release_into_a_status_keeps_the_execution_of_what_is_done_with(db: Database, status: str) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 0)
    (leased,) = _lease(db, queue, execution=42)
    (after,) = db.work_queue_item.release(lease_token=leased.lease_token, status=status, last_error=["no", 1])
    assert (after.status, after.last_error, after.lease_token) == (status, ["no", 1], None)
    assert after.leased_execution == (None if status in ("queued", "retry") else 42)
    assert after.attempt_count == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [("leased", psycopg.errors.CheckViolation), ("gone", psycopg.errors.InvalidTextRepresentation)],
)
def test_release_refuses_what_is_no_way_out(db: Database, status: str, error: type[psycopg.Error]) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 0)
    token = _lease(db, queue)[0].lease_token
    with pytest.raises(error):
        db.work_queue_item.release(lease_token=token, status=status)


def test_extend_lets_the_lease_last_longer(db: Database) -> None:
    queue = factories.work_queue(db).id
    _enqueue(db, queue, 1, 2)
    leased = _lease(db, queue, seconds=30)
    longer = db.work_queue_item.extend(lease_token=leased[0].lease_token, lease_seconds=3600)
    assert _ids(longer) == _ids(leased)
    assert {row.lease_token for row in longer} == {leased[0].lease_token}
    (expires_at,) = {row.lease_expires_at for row in longer}
    assert timedelta(minutes=50) < expires_at - datetime.now(UTC) <= timedelta(hours=1)


@pytest.mark.parametrize("lapsed", [False, True])
@pytest.mark.parametrize(
    ("operation", "arguments"), [("complete", {}), ("release", {}), ("extend", {"lease_seconds": 60})]
)
def test_an_unknown_or_lapsed_token_gives_nothing(
    db: Database, operation: str, arguments: dict[str, Any], lapsed: bool
) -> None:
    queue = factories.work_queue(db).id
    (item,) = _enqueue(db, queue, 0)
    token = _lease(db, queue)[0].lease_token if lapsed else NOBODY
    if lapsed:
        _lapse(db, item)
    before = db.work_queue_item.find_by_id(id=item)
    assert getattr(db.work_queue_item, operation)(lease_token=token, **arguments) == []
    assert db.work_queue_item.find_by_id(id=item) == before


def test_a_token_may_be_given_as_text(db: Database) -> None:
    queue = factories.work_queue(db).id
    (item,) = _enqueue(db, queue, 0)
    assert _ids(db.work_queue_item.complete(lease_token=str(_lease(db, queue)[0].lease_token))) == [item]


def test_reclaim_expired_puts_lapsed_items_back_the_longest_lapsed_first(db: Database) -> None:
    queue, other = factories.work_queue(db).id, factories.work_queue(db).id
    items = [*_enqueue(db, queue, 1, 2), *_enqueue(db, other, 0)]
    leased = [*_lease(db, queue, execution=42), *_lease(db, other)]
    held = _enqueue(db, queue, 0)
    _lease(db, queue)
    _lapse(db, *items)
    db.execute("UPDATE attune.work_queue_item SET lease_expires_at = now() - interval '1 hour' WHERE id = %s", items[1])
    assert db.work_queue_item.reclaim_expired(limit=0) == []
    assert db.work_queue_item.reclaim_expired(limit=-1) == []
    first = db.work_queue_item.reclaim_expired(limit=2)
    assert _ids(first) == [items[1], items[0]]
    freed = {"status": "queued", "leased_execution": None, "lease_token": None, "lease_expires_at": None}
    assert first == [
        next(row for row in leased if row.id == after.id)._replace(**freed, updated=after.updated) for after in first
    ]
    assert _ids(db.work_queue_item.reclaim_expired(limit=9)) == [items[2]]
    assert db.work_queue_item.reclaim_expired(limit=9) == []
    assert db.work_queue_item.find_by_id(id=held[0]).status == "leased"


def test_a_reclaimed_item_is_leased_again_and_the_old_token_is_worth_nothing(db: Database) -> None:
    queue = factories.work_queue(db).id
    (item,) = _enqueue(db, queue, 0)
    (first,) = _lease(db, queue, seconds=0)
    assert _ids(db.work_queue_item.reclaim_expired(limit=9)) == [item]
    (second,) = _lease(db, queue)
    assert second.attempt_count == 2
    assert db.work_queue_item.complete(lease_token=first.lease_token) == []
    assert _ids(db.work_queue_item.complete(lease_token=second.lease_token)) == [item]
