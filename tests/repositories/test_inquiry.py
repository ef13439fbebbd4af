"""Inquiries: create to delete, the one answer, expiry, pages, filters, and what goes with an execution."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once
from tests.repositories.paging import assert_pages

UNKNOWN = 2**40
NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
STATUSES = ("pending", "responded", "timeout", "cancelled")


def test_create_defaults_what_is_left_out(db: Database) -> None:
    execution = factories.execution(db).id
    made = db.inquiry.create(execution=execution, prompt="Deploy?")
    assert (made.execution, made.prompt, made.status) == (execution, "Deploy?", "pending")
    assert (made.response_schema, made.assigned_to, made.response) == (None, None, None)
    assert (made.timeout_at, made.responded_at) == (None, None)
    assert made.created == made.updated


def test_create_keeps_every_column(db: Database) -> None:
    given = {
        "execution": factories.execution(db).id,
        "prompt": "Deploy?",
        "response_schema": {"type": "boolean"},
        "assigned_to": factories.identity(db).id,
        "status": "responded",
        "response": True,
        "timeout_at": NOON,
    }
    made = db.inquiry.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.inquiry.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"execution": None}, psycopg.errors.NotNullViolation),
        ({"execution": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"prompt": None}, psycopg.errors.NotNullViolation),
        ({"status": None}, psycopg.errors.NotNullViolation),
        ({"status": "answered"}, psycopg.errors.InvalidTextRepresentation),
        ({"assigned_to": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
    ids=str,
)
def test_create_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    given = {"execution": factories.execution(db).id, "prompt": "Deploy?", **columns}
    with pytest.raises(error) as caught:
        db.inquiry.create(**given)
    assert "inquiry.create" in caught.value.__notes__[0]


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.inquiry.find_by_id(id=UNKNOWN) is None
    assert db.inquiry.update(id=UNKNOWN, status="timeout") is None
    assert db.inquiry.update(id=UNKNOWN) is None
    assert db.inquiry.respond(id=UNKNOWN, response={}) is None
    assert db.inquiry.cancel(id=UNKNOWN) is None
    assert db.inquiry.delete(id=UNKNOWN) == 0


def test_update_sets_keeps_and_clears(db: Database) -> None:
    made = db.inquiry.create(execution=factories.execution(db).id, prompt="Deploy?")
    given: dict[str, Any] = {
        "assigned_to": factories.identity(db).id,
        "response": {"ok": True},
        "responded_at": NOON,
    }
    changed = db.inquiry.update(id=made.id, status="responded", **given)
    assert changed == made._replace(status="responded", updated=changed.updated, **given)
    assert changed.updated > made.updated
    for name in given:
        before = db.inquiry.find_by_id(id=made.id)
        cleared = db.inquiry.update(id=made.id, **{name: None})
        assert cleared == before._replace(**{name: None}, updated=cleared.updated)


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    made = db.inquiry.create(execution=factories.execution(db).id, prompt="Deploy?", response=[1])
    assert db.inquiry.update(id=made.id) == made


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"status": None}, psycopg.errors.NotNullViolation),
        ({"status": "answered"}, psycopg.errors.InvalidTextRepresentation),
        ({"assigned_to": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_update_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    made = factories.inquiry(db)
    with pytest.raises(error):
        db.inquiry.update(id=made.id, **columns)


def test_delete(db: Database) -> None:
    made = factories.inquiry(db)
    assert db.inquiry.delete(id=made.id) == 1
    assert db.inquiry.find_by_id(id=made.id) is None


def test_an_inquiry_goes_with_its_execution_and_outlives_its_assignee(db: Database) -> None:
    who = factories.identity(db)
    made = factories.inquiry(db, assigned_to=who)
    db.execute("DELETE FROM attune.identity WHERE id = %s", who.id)
    assert db.inquiry.find_by_id(id=made.id).assigned_to is None
    db.execution.delete(id=made.execution)
    assert db.inquiry.find_by_id(id=made.id) is None


@pytest.mark.parametrize("response", [{"ok": True}, [1], "yes", False, None, Jsonb(None)])
def test_respond_answers_a_pending_inquiry(db: Database, response: Any) -> None:
    made = db.inquiry.create(execution=factories.execution(db).id, prompt="Deploy?")
    answered = db.inquiry.respond(id=made.id, response=response)
    expected = None if isinstance(response, Jsonb) else response
    assert (answered.status, answered.response) == ("responded", expected)
    assert answered.responded_at >= made.created
    assert answered.updated > made.updated
    assert db.inquiry.respond(id=made.id, response="again") is None
    assert db.inquiry.find_by_id(id=made.id) == answered


@pytest.mark.parametrize("status", STATUSES)
def test_respond_and_cancel_touch_only_what_is_pending(db: Database, status: str) -> None:
    for call, given, after in (
        (db.inquiry.respond, {"response": 1}, "responded"),
        (db.inquiry.cancel, {}, "cancelled"),
    ):
        made = factories.inquiry(db, status=status)
        changed = call(id=made.id, **given)
        assert (changed and changed.status) == (after if status == "pending" else None)
        assert db.inquiry.find_by_id(id=made.id).status == (after if status == "pending" else status)


def test_cancel_leaves_no_answer(db: Database) -> None:
    cancelled = db.inquiry.cancel(id=factories.inquiry(db).id)
    assert (cancelled.response, cancelled.responded_at) == (None, None)


def test_expire_pending_takes_the_longest_overdue_first(db: Database) -> None:
    execution = factories.execution(db)
    made = [
        factories.inquiry(db, execution=execution, timeout_at=NOON + timedelta(hours=hour)).id for hour in (2, 0, 1, 0)
    ]
    for status in STATUSES[1:]:
        factories.inquiry(db, execution=execution, status=status, timeout_at=NOON)
    factories.inquiry(db, execution=execution)
    factories.inquiry(db, execution=execution, timeout_at=datetime.now(UTC) + timedelta(hours=1))
    assert [row.id for row in db.inquiry.expire_pending(limit=2)] == [made[1], made[3]]
    assert db.inquiry.expire_pending(limit=0) == []
    assert db.inquiry.expire_pending(limit=-1) == []
    rest = db.inquiry.expire_pending(limit=9)
    assert [(row.id, row.status, row.responded_at) for row in rest] == [
        (made[2], "timeout", None),
        (made[0], "timeout", None),
    ]
    assert db.inquiry.expire_pending(limit=9) == []


def test_pages_are_complete_and_disjoint_when_times_tie(db: Database) -> None:
    who, execution = factories.identity(db), factories.execution(db)
    for number in range(11):
        moment = NOON + timedelta(hours=number // 4)
        factories.inquiry(db, execution=execution, assigned_to=who, status="timeout", created=moment)
        factories.inquiry(db, created=NOON)
    for call, given in (
        (db.inquiry.list_by_status, {"status": "timeout"}),
        (db.inquiry.search, {"assigned_to": who.id}),
        (db.inquiry.list, {}),
    ):
        assert_pages(call, given, 11 if given else 22)
    newest_first = db.inquiry.search(limit=100, assigned_to=who.id)
    assert db.inquiry.list_by_execution(execution=execution.id) == newest_first
    assert db.inquiry.list_by_assignee(assigned_to=who.id) == newest_first


@pytest.mark.parametrize("operation", ["list", "list_by_status", "search"])
def test_half_a_page_key_is_a_type_error(db: Database, operation: str) -> None:
    given = {"status": "pending"} if operation == "list_by_status" else {}
    with pytest.raises(TypeError, match=r"after_created.*after_id"):
        getattr(db.inquiry, operation)(limit=1, after_created=NOON, **given)


def test_lists_and_search_filter(db: Database) -> None:
    who, other, execution = factories.identity(db).id, factories.identity(db).id, factories.execution(db).id
    first = factories.inquiry(db, execution=execution, assigned_to=who).id
    second = factories.inquiry(db, assigned_to=who, status="responded").id
    third = factories.inquiry(db, execution=execution, assigned_to=other).id

    def ids(rows: list[Any]) -> list[int]:
        return [row.id for row in rows]

    assert ids(db.inquiry.list_by_assignee(assigned_to=who)) == [second, first]
    assert ids(db.inquiry.list_by_assignee(assigned_to=who, status="pending")) == [first]
    assert ids(db.inquiry.list_by_assignee(assigned_to=who, status=None)) == [second, first]
    assert db.inquiry.list_by_assignee(assigned_to=UNKNOWN) == []
    assert ids(db.inquiry.list_by_execution(execution=execution)) == [third, first]
    assert db.inquiry.list_by_execution(execution=UNKNOWN) == []
    assert ids(db.inquiry.list_by_status(status="pending", limit=9)) == [third, first]
    for given, expected in (
        ({}, [third, second, first]),
        ({"status": "responded"}, [second]),
        ({"execution": execution}, [third, first]),
        ({"assigned_to": who}, [second, first]),
        ({"assigned_to": who, "status": "pending", "execution": execution}, [first]),
        ({"status": None, "execution": None, "assigned_to": None}, [third, second, first]),
        ({"limit": 1}, [third]),
        ({"limit": 0}, []),
    ):
        assert ids(db.inquiry.search(**{"limit": 9, **given})) == expected, given


def overdue(dsn: str, count: int) -> list[int]:
    """Commit pending inquiries whose time is over; return their ids."""
    with attune_sql.connect(dsn) as conn:
        db = factories.database(conn)
        execution = factories.execution(db)
        return [factories.inquiry(db, execution=execution, timeout_at=NOON).id for _ in range(count)]


def test_respond_keeps_the_first_of_many_answers(clone_dsn: str) -> None:
    made = overdue(clone_dsn, 20)

    def work(conn: psycopg.Connection[Any], number: int) -> dict[int, int]:
        respond = attune_sql.queries.inquiry.respond
        return {id: number for id in made if respond(conn, id=id, response=number)}

    answers = at_once(clone_dsn, 16, work)
    assert sorted(chain.from_iterable(answers)) == made
    with psycopg.connect(clone_dsn) as conn:
        stored: dict[int, int] = dict(conn.execute("SELECT id, response FROM attune.inquiry").fetchall())
    assert {id: number for each in answers for id, number in each.items()} == stored


def test_expire_and_respond_share_the_inquiries_between_them(clone_dsn: str) -> None:
    made = overdue(clone_dsn, 200)

    def work(conn: psycopg.Connection[Any], number: int) -> list[tuple[int, str]]:
        taken: list[tuple[int, str]] = []
        if number % 4 == 0:
            for id in made[number::16]:
                if row := attune_sql.queries.inquiry.respond(conn, id=id, response=number):
                    taken.append((row.id, row.status))
        while rows := attune_sql.queries.inquiry.expire_pending(conn, limit=3):
            taken += [(row.id, row.status) for row in rows]
        return taken

    taken = list(chain.from_iterable(at_once(clone_dsn, 16, work)))
    assert sorted(id for id, _ in taken) == made
    assert max(Counter(taken).values()) == 1
