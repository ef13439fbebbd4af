"""Permission assignments: made once, listed newest first, `assign` and `revoke` safe to repeat and to race."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once

UNKNOWN = 2**40


def _assignments(db: Database, count: int) -> list[Any]:
    """Make so many assignments of one set, in one transaction and so with one `created`."""
    permset = factories.permission_set(db).id
    return [db.permission_assignment.create(identity=factories.identity(db).id, permset=permset) for _ in range(count)]


def test_create_returns_the_assignment(db: Database) -> None:
    identity, permset = factories.identity(db).id, factories.permission_set(db).id
    made = db.permission_assignment.create(identity=identity, permset=permset)
    assert (made.identity, made.permset) == (identity, permset)
    assert db.permission_assignment.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({}, psycopg.errors.UniqueViolation),
        ({"identity": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"permset": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"identity": None}, psycopg.errors.NotNullViolation),
        ({"permset": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    pair = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id}
    db.permission_assignment.create(**pair)
    with pytest.raises(error):
        db.permission_assignment.create(**{**pair, **change})


def test_assign_twice_makes_one_assignment(db: Database) -> None:
    pair = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id}
    first = db.permission_assignment.assign(**pair)
    second = db.permission_assignment.assign(**pair)
    assert first.inserted is True
    assert second == first._replace(inserted=False)
    assert db.permission_assignment.find_by_id(id=first.id) == first[:-1]


@pytest.mark.parametrize("change", [{"identity": UNKNOWN}, {"permset": UNKNOWN}])
def test_assign_refuses_what_does_not_exist(db: Database, change: dict[str, int]) -> None:
    pair = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id}
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.permission_assignment.assign(**{**pair, **change})


def test_revoke_counts_what_it_took(db: Database) -> None:
    pair = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id}
    db.permission_assignment.assign(**pair)
    assert db.permission_assignment.revoke(**{**pair, "permset": factories.permission_set(db).id}) == 0
    assert db.permission_assignment.revoke(**pair) == 1
    assert db.permission_assignment.revoke(**pair) == 0
    assert db.permission_assignment.assign(**pair).inserted is True


def test_an_unknown_id_finds_and_deletes_nothing(db: Database) -> None:
    assert db.permission_assignment.find_by_id(id=UNKNOWN) is None
    assert db.permission_assignment.delete(id=UNKNOWN) == 0


def test_delete_removes_one(db: Database) -> None:
    kept, gone = _assignments(db, 2)
    assert db.permission_assignment.delete(id=gone.id) == 1
    assert db.permission_assignment.list(limit=10) == [kept]


def test_list_pages_are_complete_and_disjoint_when_times_tie(db: Database) -> None:
    newest_first = _assignments(db, 7)[::-1]
    assert len({each.created for each in newest_first}) == 1
    page = seen = db.permission_assignment.list(limit=3)
    while page:
        page = db.permission_assignment.list(limit=3, after_created=page[-1].created, after_id=page[-1].id)
        seen = seen + page
    assert seen == newest_first
    assert db.permission_assignment.list(limit=0) == []


def test_list_puts_the_later_one_first_whatever_the_ids(db: Database) -> None:
    first, second = _assignments(db, 2)
    db.execute("UPDATE attune.permission_assignment SET created = created + interval '1 hour' WHERE id = %s", first.id)
    assert [each.id for each in db.permission_assignment.list(limit=2)] == [first.id, second.id]


def test_half_a_page_key_is_a_type_error(db: Database) -> None:
    with pytest.raises(TypeError, match="after_created"):
        db.permission_assignment.list(limit=1, after_id=1)


def test_lists_by_identity_and_by_set_are_newest_first(db: Database) -> None:
    identities = [factories.identity(db).id for _ in range(2)]
    permsets = [factories.permission_set(db).id for _ in range(2)]
    made = {
        (identity, permset): db.permission_assignment.create(identity=identity, permset=permset)
        for identity in identities
        for permset in permsets
    }
    held = db.permission_assignment.list_by_identity(identity=identities[0])
    assert held == [made[identities[0], permset] for permset in reversed(permsets)]
    holders = db.permission_assignment.list_by_permission_set(permset=permsets[1])
    assert holders == [made[identity, permsets[1]] for identity in reversed(identities)]
    assert db.permission_assignment.list_by_identity(identity=UNKNOWN) == []
    assert db.permission_assignment.list_by_permission_set(permset=UNKNOWN) == []


def test_assign_by_many_at_once_makes_one_assignment_and_every_caller_gets_it(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        db = factories.database(conn)
        identity, permset = factories.identity(db).id, factories.permission_set(db).id

    def assign(conn: psycopg.Connection[Any], number: int) -> Any:
        return attune_sql.queries.permission_assignment.assign(conn, identity=identity, permset=permset)

    rows = at_once(clone_dsn, 24, assign)
    assert sorted(row.inserted for row in rows) == [False] * 23 + [True]
    assert len({row.id for row in rows}) == 1


def test_assign_and_revoke_by_many_at_once_stay_in_step(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        db = factories.database(conn)
        pair = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id}
    repository = attune_sql.queries.permission_assignment

    def work(conn: psycopg.Connection[Any], number: int) -> int:
        if number % 2:
            return -int(repository.revoke(conn, **pair))
        return int(repository.assign(conn, **pair).inserted)

    balance = sum(sum(at_once(clone_dsn, 16, work)) for _ in range(3))
    with attune_sql.connect(clone_dsn) as conn:
        assert len(repository.list_by_identity(conn, identity=pair["identity"])) == balance
