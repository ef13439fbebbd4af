"""Identities: logins, clearing of optional columns, pages by login, and what goes with a deleted identity."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40


def test_create_takes_the_login_and_defaults_the_rest(db: Database) -> None:
    made = db.identity.create(login="ada")
    assert made.login == "ada"
    assert (made.display_name, made.password_hash, made.attributes) == (None, None, {})
    assert made.created == made.updated


def test_create_keeps_every_column(db: Database) -> None:
    given = {"login": "ada", "display_name": "Ada", "password_hash": "$x$", "attributes": {"team": ["a", None]}}
    made = db.identity.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.identity.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"login": "taken"}, psycopg.errors.UniqueViolation),
        ({"login": None}, psycopg.errors.NotNullViolation),
        ({"login": "new", "attributes": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_create_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.identity(db, login="taken")
    with pytest.raises(error) as caught:
        db.identity.create(**columns)
    assert "identity.create" in caught.value.__notes__[0]


def test_create_without_a_login_is_a_type_error(db: Database) -> None:
    with pytest.raises(TypeError, match="login"):
        db.identity.create(display_name="Nobody")


def test_find_by_login_tells_upper_and_lower_case_apart(db: Database) -> None:
    made = db.identity.create(login="Ada")
    assert db.identity.find_by_login(login="Ada") == made
    assert db.identity.find_by_login(login="ada") is None
    assert db.identity.exists_by_login(login="Ada") is True
    assert db.identity.exists_by_login(login="ada") is False


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.identity.find_by_id(id=UNKNOWN) is None
    assert db.identity.update(id=UNKNOWN) is None
    assert db.identity.update(id=UNKNOWN, display_name="Ada") is None
    assert db.identity.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": "Countess"},
        {"display_name": None},
        {"password_hash": None},
        {"attributes": {"only": "this"}},
        {"display_name": "Countess", "password_hash": "$y$", "attributes": {}},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = db.identity.create(login="ada", display_name="Ada", password_hash="$x$", attributes={"a": 1})
    after = db.identity.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.identity.find_by_id(id=before.id) == after


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.identity.create(login="ada", display_name="Ada")
    assert db.identity.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.identity WHERE id = %s", before.id) == [("0",)]


def test_update_with_equal_values_still_moves_updated(db: Database) -> None:
    before = db.identity.create(login="ada", display_name="Ada")
    assert db.identity.update(id=before.id, display_name="Ada").updated > before.updated


def test_update_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    made = factories.identity(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.identity.update(id=made.id, attributes=None)


def test_list_goes_by_login_in_pages(db: Database) -> None:
    logins = ["", "ada", "bob", "carol", "dave"]
    for login in reversed(logins):
        factories.identity(db, login=login)
    assert [each.login for each in db.identity.list()] == logins
    assert [each.login for each in db.identity.list(limit=2)] == logins[:2]
    assert [each.login for each in db.identity.list(limit=2, after_login="")] == logins[1:3]
    assert [each.login for each in db.identity.list(after_login="bob")] == logins[3:]
    assert [each.login for each in db.identity.list(after_login="azz")] == logins[2:]
    assert db.identity.list(after_login="dave") == []
    assert db.identity.list(limit=0) == []


def test_delete_takes_assignments_along_and_leaves_inquiries_and_executions(db: Database) -> None:
    made = factories.identity(db)
    assigned = db.permission_assignment.create(identity=made.id, permset=factories.permission_set(db).id)
    execution = factories.execution(db, executor=made)
    inquiry = factories.inquiry(db, execution=execution, assigned_to=made)
    assert db.identity.delete(id=made.id) == 1
    assert db.identity.delete(id=made.id) == 0
    assert db.permission_assignment.find_by_id(id=assigned.id) is None
    assert db.execute("SELECT executor FROM attune.execution WHERE id = %s", execution.id) == [(None,)]
    assert db.execute("SELECT assigned_to FROM attune.inquiry WHERE id = %s", inquiry.id) == [(None,)]


def test_delete_is_refused_while_the_identity_owns_a_key(db: Database) -> None:
    made = factories.identity(db)
    factories.key(db, owner_type="identity", owner_identity=made)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.identity.delete(id=made.id)
