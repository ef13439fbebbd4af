"""Notifications: pages, the claim that gives each to one deliverer, compare and set, and the retention delete."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

import attune_sql
from attune_sql.generated.rows import Notification
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once, impatient

UNKNOWN = 2**40
REQUIRED = {"channel": "attune", "entity_type": "execution", "entity": "42", "activity": "created"}


def _ids(rows: list[Any]) -> list[int]:
    return [row.id for row in rows]


def _age(db: Database, id: int, hours: int) -> None:
    db.execute("UPDATE attune.notification SET created = now() - make_interval(hours => %s) WHERE id = %s", hours, id)


def test_create_takes_what_is_required_and_defaults_the_rest(db: Database) -> None:
    made = db.notification.create(**REQUIRED)
    assert {name: getattr(made, name) for name in REQUIRED} == REQUIRED
    assert (made.state, made.content) == ("created", None)
    assert made.created == made.updated
    assert db.notification.find_by_id(id=made.id) == made


@pytest.mark.parametrize("content", [{"a": [1, None]}, [], "text", 7, False])
def test_create_keeps_state_and_content(db: Database, content: Any) -> None:
    made = db.notification.create(**REQUIRED, state="queued", content=content)
    assert (made.state, made.content) == ("queued", content)


@pytest.mark.parametrize(("content", "is_null"), [(None, True), (Jsonb(None), False)])
def test_json_null_stays_json_null(db: Database, content: Any, is_null: bool) -> None:
    made = db.notification.create(**REQUIRED, content=content)
    assert made.content is None
    assert db.execute("SELECT content IS NULL FROM attune.notification WHERE id = %s", made.id) == [(is_null,)]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"channel": ""}, psycopg.errors.CheckViolation),
        ({"channel": "x" * 64}, psycopg.errors.CheckViolation),
        ({"channel": "ü" * 32}, psycopg.errors.CheckViolation),
        ({"channel": None}, psycopg.errors.NotNullViolation),
        ({"entity": None}, psycopg.errors.NotNullViolation),
        ({"state": None}, psycopg.errors.NotNullViolation),
        ({"state": "sent"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error):
        db.notification.create(**{**REQUIRED, **change})


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.notification.find_by_id(id=UNKNOWN) is None
    assert db.notification.update(id=UNKNOWN) is None
    assert db.notification.update(id=UNKNOWN, state="error") is None
    assert db.notification.transition(id=UNKNOWN, from_state="created", to_state="queued") is None
    assert db.notification.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize("change", [{"state": "error"}, {"content": {"b": 2}}, {"content": None}])
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = db.notification.create(**REQUIRED, content={"a": 1})
    after = db.notification.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.notification.create(**REQUIRED)
    assert db.notification.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.notification WHERE id = %s", before.id) == [("0",)]


def test_delete_removes_one(db: Database) -> None:
    made = factories.notification(db)
    assert db.notification.delete(id=made.id) == 1
    assert db.notification.delete(id=made.id) == 0


@pytest.mark.parametrize(
    ("operation", "filters"),
    [("list", {}), ("list_by_state", {"state": "created"}), ("list_by_channel", {"channel": "attune"})],
)
def test_pages_are_newest_first_complete_and_disjoint_when_times_tie(
    db: Database, operation: str, filters: dict[str, str]
) -> None:
    page_of = getattr(db.notification, operation)
    made = [factories.notification(db).id for _ in range(6)]
    _age(db, made[5], 1)
    newest_first = [*made[4::-1], made[5]]
    page = seen = page_of(limit=2, **filters)
    while page:
        page = page_of(limit=2, after_created=page[-1].created, after_id=page[-1].id, **filters)
        seen = seen + page
    assert _ids(seen) == newest_first
    assert page_of(limit=0, **filters) == []


def test_lists_by_state_and_channel_filter(db: Database) -> None:
    error = factories.notification(db, state="error").id
    other = factories.notification(db, channel="other").id
    assert _ids(db.notification.list_by_state(state="error", limit=9)) == [error]
    assert _ids(db.notification.list_by_state(state="processing", limit=9)) == []
    assert _ids(db.notification.list_by_channel(channel="other", limit=9)) == [other]
    assert _ids(db.notification.list_by_channel(channel="none", limit=9)) == []


@pytest.mark.parametrize(
    ("operation", "filters"),
    [("list", {}), ("list_by_state", {"state": "error"}), ("list_by_channel", {"channel": "a"})],
)
def test_half_a_page_key_is_a_type_error(db: Database, operation: str, filters: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="after_id"):
        getattr(db.notification, operation)(limit=1, after_id=1, **filters)


def test_claim_takes_created_and_queued_ones_oldest_first(db: Database) -> None:
    made = [factories.notification(db, state=state).id for state in ("created", "queued", "processing", "error")]
    made += [factories.notification(db).id]
    _age(db, made[4], 1)
    claimed = db.notification.claim(limit=10)
    assert _ids(claimed) == [made[4], made[0], made[1]]
    assert {row.state for row in claimed} == {"processing"}
    assert all(row.updated > row.created for row in claimed)
    assert claimed == [db.notification.find_by_id(id=row.id) for row in claimed]
    assert db.notification.claim(limit=10) == []


def test_claim_of_a_channel_leaves_the_others(db: Database) -> None:
    first, other, second = (factories.notification(db, channel=channel).id for channel in ("a", "b", "a"))
    assert _ids(db.notification.claim(channel="a", limit=1)) == [first]
    assert _ids(db.notification.claim(channel="a", limit=9)) == [second]
    assert _ids(db.notification.claim(channel="none", limit=9)) == []
    assert _ids(db.notification.claim(channel=None, limit=9)) == [other]


@pytest.mark.parametrize("limit", [0, -1])
def test_claim_with_a_limit_of_nothing_takes_nothing(db: Database, limit: int) -> None:
    made = factories.notification(db)
    assert db.notification.claim(limit=limit) == []
    assert db.notification.claim(limit=limit, channel="attune") == []
    assert db.notification.find_by_id(id=made.id).state == "created"


def test_transition_compares_and_sets(db: Database) -> None:
    made = db.notification.create(**REQUIRED, state="processing")
    assert db.notification.transition(id=made.id, from_state="created", to_state="queued") is None
    assert db.notification.find_by_id(id=made.id) == made
    moved = db.notification.transition(id=made.id, from_state="processing", to_state="error")
    assert moved == made._replace(state="error", updated=moved.updated)
    assert moved.updated > made.updated
    assert db.notification.transition(id=made.id, from_state="processing", to_state="error") is None


def test_delete_before_takes_the_oldest_first_and_leaves_the_moment_itself(db: Database) -> None:
    made = [factories.notification(db).id for _ in range(4)]
    for id, hours in zip(made, (1, 3, 2, 0), strict=True):
        _age(db, id, hours)
    moment = db.notification.find_by_id(id=made[0]).created
    assert db.notification.delete_before(before=moment, limit=0) == 0
    assert db.notification.delete_before(before=moment, limit=-1) == 0
    assert db.notification.delete_before(before=moment, limit=1) == 1
    assert db.notification.find_by_id(id=made[1]) is None
    assert db.notification.delete_before(before=moment, limit=9) == 1
    assert _ids(db.notification.list(limit=9)) == [made[3], made[0]]
    assert db.notification.delete_before(before=moment + timedelta(days=1), limit=9) == 2


def test_create_tells_the_channel_without_the_content(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        conn.execute('LISTEN "Attune Alerts"')
        made = attune_sql.queries.notification.create(
            conn,
            channel="Attune Alerts",
            entity_type="execution",
            entity="42",
            activity="created",
            content={"secret": "x" * 9000},
        )
        attune_sql.queries.notification.claim(conn, limit=1)
        (heard,) = conn.notifies(timeout=5, stop_after=1)
        assert list(conn.notifies(timeout=0)) == []
    told = {"entity_type": "execution", "entity": "42", "activity": "created", "id": made.id}
    assert json.loads(heard.payload) == told


@pytest.mark.parametrize("channel", [None, "a"])
def test_claim_by_many_at_once_gives_each_to_one_and_loses_none(clone_dsn: str, channel: str | None) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        for name in ("a", "b"):
            conn.execute(
                "INSERT INTO attune.notification (channel, entity_type, entity, activity)"
                " SELECT %s, 'execution', number::text, 'created' FROM generate_series(1, 300) AS number",
                [name],
            )

    def claim_all(conn: psycopg.Connection[Any], number: int) -> list[int]:
        taken: list[int] = []
        # A page that is short or empty only says that the others hold the rest.
        while batch := _ids(attune_sql.queries.notification.claim(conn, limit=7, channel=channel)):
            assert batch == sorted(batch)
            taken += batch
        return taken

    taken = [id for each in at_once(clone_dsn, 16, claim_all) for id in each]
    assert len(taken) == len(set(taken)) == (600 if channel is None else 300)
    with attune_sql.connect(clone_dsn) as conn:
        left = attune_sql.queries.notification.list_by_state(conn, state="created", limit=1000)
        assert {row.channel for row in left} == (set() if channel is None else {"b"})


def test_a_claim_that_is_rolled_back_gives_its_notifications_back(clone_dsn: str) -> None:
    notification = attune_sql.queries.notification
    with impatient(clone_dsn, autocommit=False) as first, impatient(clone_dsn) as second:
        made = [factories.notification(factories.database(second)).id for _ in range(3)]
        assert _ids(notification.claim(first, limit=2)) == made[:2]
        assert _ids(notification.claim(second, limit=9)) == made[2:]
        first.rollback()
        assert _ids(notification.claim(second, limit=9)) == made[:2]


def test_transition_by_many_at_once_succeeds_once(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        id = factories.notification(factories.database(conn)).id

    def move(conn: psycopg.Connection[Any], number: int) -> Any:
        return attune_sql.queries.notification.transition(conn, id=id, from_state="created", to_state="processing")

    assert sum(row is not None for row in at_once(clone_dsn, 16, move)) == 1


def _found(conn: psycopg.Connection[Any], id: int) -> Notification:
    found = attune_sql.queries.notification.find_by_id(conn, id=id)
    assert found is not None
    return found


def test_delete_before_by_many_at_once_counts_each_once(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        db = factories.database(conn)
        newest = [factories.notification(db) for _ in range(100)][-1]
        moment = _found(conn, newest.id).created

    def purge(conn: psycopg.Connection[Any], number: int) -> int:
        deleted = 0
        while count := attune_sql.queries.notification.delete_before(conn, before=moment, limit=5):
            deleted += count
        return deleted

    assert sum(at_once(clone_dsn, 12, purge)) == 99


def test_delete_before_passes_over_what_another_caller_holds(clone_dsn: str) -> None:
    notification = attune_sql.queries.notification
    with impatient(clone_dsn, autocommit=False) as first, impatient(clone_dsn) as second:
        held, *_, newest = [factories.notification(factories.database(second)).id for _ in range(4)]
        moment = _found(second, newest).created
        assert notification.transition(first, id=held, from_state="created", to_state="error") is not None
        assert notification.delete_before(second, before=moment, limit=9) == 2
        first.rollback()
        assert notification.delete_before(second, before=moment, limit=9) == 1
