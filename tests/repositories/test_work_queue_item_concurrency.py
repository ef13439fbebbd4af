"""Queue items under many hands: each item to one caller, none lost, none done twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg

import attune_sql
from attune_sql.generated.rows import WorkQueueItem
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once, impatient


def _ids(rows: list[Any]) -> list[int]:
    return [row.id for row in rows]


def _enqueue(db: Database, queue: int, *priorities: int) -> list[int]:
    """Add an item for each priority; return their ids."""
    add = db.work_queue_item.enqueue
    return [add(queue=queue, payload={}, enqueue_source="api", priority=each).id for each in priorities]


def _token(leased: list[WorkQueueItem]) -> UUID:
    token = leased[0].lease_token
    assert token is not None
    return token


def _backlog(dsn: str, count: int) -> int:
    """Commit a queue with so many items of three priorities; return its id."""
    with attune_sql.connect(dsn, autocommit=True) as conn:
        db = factories.database(conn)
        queue: int = factories.work_queue(db).id
        _enqueue(db, queue, *(number % 3 for number in range(count)))
    return queue


def test_lease_and_complete_by_many_at_once_do_each_item_once_and_lose_none(clone_dsn: str) -> None:
    queue = _backlog(clone_dsn, 400)
    items = attune_sql.queries.work_queue_item

    def work_off(conn: psycopg.Connection[Any], number: int) -> list[int]:
        done: list[int] = []
        while leased := items.lease(conn, queue=queue, limit=5, lease_seconds=60, execution=number):
            assert leased == sorted(leased, key=lambda row: (-row.priority, row.created, row.id))
            completed = items.complete(conn, lease_token=_token(leased), ack_summary=number)
            assert _ids(completed) == _ids(leased)
            done += _ids(completed)
        return done

    done = [id for each in at_once(clone_dsn, 24, work_off) for id in each]
    assert len(done) == len(set(done)) == 400
    with attune_sql.connect(clone_dsn) as conn:
        rows = items.list_by_queue(conn, queue=queue)
        assert {(row.status, row.attempt_count) for row in rows} == {("completed", 1)}


def test_workers_that_vanish_and_reclaimers_that_race_lose_no_item_and_do_none_twice(clone_dsn: str) -> None:
    queue = _backlog(clone_dsn, 90)
    items = attune_sql.queries.work_queue_item

    def waiting(conn: psycopg.Connection[Any]) -> list[Any]:
        return list(items.list_by_queue(conn, queue=queue, status="queued", limit=1))

    def work_off(conn: psycopg.Connection[Any], number: int) -> list[int]:
        done: list[int] = []
        for turn in range(300):
            vanish = turn < 6 and (number + turn) % 2 == 0
            leased = items.lease(conn, queue=queue, limit=4, lease_seconds=0 if vanish else 60)
            if leased and not vanish:
                done += _ids(items.complete(conn, lease_token=_token(leased)))
            elif not items.reclaim_expired(conn, limit=3) and not waiting(conn):
                break
        return done

    done = [id for each in at_once(clone_dsn, 16, work_off) for id in each]
    assert len(done) == len(set(done))
    with attune_sql.connect(clone_dsn) as conn:
        left = work_off(conn, 1)
        rows = items.list_by_queue(conn, queue=queue)
    assert len(done) + len(left) == len({*done, *left}) == 90
    assert {row.status for row in rows} == {"completed"}


def test_reclaim_expired_by_many_at_once_gives_each_to_one(clone_dsn: str) -> None:
    queue = _backlog(clone_dsn, 200)
    items = attune_sql.queries.work_queue_item
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        assert len(items.lease(conn, queue=queue, limit=200, lease_seconds=0)) == 200

    def reclaim(conn: psycopg.Connection[Any], number: int) -> list[int]:
        taken: list[int] = []
        while batch := _ids(items.reclaim_expired(conn, limit=7)):
            taken += batch
        return taken

    taken = [id for each in at_once(clone_dsn, 16, reclaim) for id in each]
    assert len(taken) == len(set(taken)) == 200


def test_one_token_used_by_many_at_once_ends_the_lease_once(clone_dsn: str) -> None:
    queue = _backlog(clone_dsn, 60)
    items = attune_sql.queries.work_queue_item
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        token = _token(items.lease(conn, queue=queue, limit=60, lease_seconds=60))

    def end(conn: psycopg.Connection[Any], number: int) -> int:
        match number % 3:
            case 0:
                return len(items.complete(conn, lease_token=token))
            case 1:
                return len(items.release(conn, lease_token=token, status="failed"))
            case _:
                assert len(items.extend(conn, lease_token=token, lease_seconds=60)) in (0, 60)
                return 0

    assert sorted(at_once(clone_dsn, 24, end)) == [0] * 23 + [60]


def test_a_lease_that_is_rolled_back_gives_its_items_back(clone_dsn: str) -> None:
    queue = _backlog(clone_dsn, 3)
    lease = attune_sql.queries.work_queue_item.lease
    with impatient(clone_dsn, autocommit=False) as first, impatient(clone_dsn) as second:
        taken = lease(first, queue=queue, limit=2, lease_seconds=60)
        rest = lease(second, queue=queue, limit=9, lease_seconds=60)
        assert len(taken) == 2
        assert len(rest) == 1
        first.rollback()
        assert _ids(lease(second, queue=queue, limit=9, lease_seconds=60)) == _ids(taken)
