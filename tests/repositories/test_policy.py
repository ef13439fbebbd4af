"""Policies: limits by action, by pack and for everything, and which of several holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40
PLAIN = {"ref": "core.limit", "method": "enqueue", "threshold": 3, "name": "Limit"}
EARLIER, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)


def _full(db: Database) -> Any:
    """Add a policy that has a value of its own in every column."""
    action = factories.action(db)
    return db.policy.create(
        **PLAIN,
        pack=action.pack,
        pack_ref=action.pack_ref,
        action=action.id,
        action_ref=action.ref,
        parameters=["host"],
        description="Spares the host",
        tags=["a", "b"],
    )


def _refs(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    made = db.policy.create(**PLAIN)
    assert made._asdict() == {
        **PLAIN,
        "id": made.id,
        "pack": None,
        "pack_ref": None,
        "action": None,
        "action_ref": None,
        "parameters": [],
        "description": None,
        "tags": [],
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.parameters, made.description, made.tags) == (["host"], "Spares the host", ["a", "b"])
    action = db.action.find_by_id(id=made.action)
    assert (made.action_ref, made.pack, made.pack_ref) == (action.ref, action.pack, action.pack_ref)
    assert db.policy.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "limit", "core.", "core.a.b", "Core.limit", "core.li mit", "core.limit\n")
        ),
        ({"threshold": 0}, psycopg.errors.CheckViolation),
        ({"threshold": -1}, psycopg.errors.CheckViolation),
        ({"method": "drop"}, psycopg.errors.InvalidTextRepresentation),
        *(
            ({name: None}, psycopg.errors.NotNullViolation)
            for name in ("ref", "method", "threshold", "name", "parameters", "tags")
        ),
        ({"pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"action": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.policy(db, ref="core.taken")
    with pytest.raises(error):
        db.policy.create(**{**PLAIN, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"parameters": ["host", "port"]},
        {"parameters": []},
        {"method": "cancel"},
        {"threshold": 1},
        {"name": "New"},
        {"description": "New"},
        {"description": None},
        {"tags": []},
        {"threshold": 9, "description": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.policy.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.policy.find_by_id(id=before.id) == after


@pytest.mark.parametrize(
    ("change", "error"),
    [
        *(
            ({name: None}, psycopg.errors.NotNullViolation)
            for name in ("parameters", "method", "threshold", "name", "tags")
        ),
        ({"threshold": 0}, psycopg.errors.CheckViolation),
        ({"method": "drop"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_update_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    made = _full(db)
    with pytest.raises(error):
        db.policy.update(id=made.id, **change)


def test_list_by_action_goes_by_ref(db: Database) -> None:
    action = factories.action(db)
    for ref in ("core.b", "core.a"):
        factories.policy(db, ref=ref, action=action)
    factories.policy(db, ref="core.c")
    assert _refs(db.policy.list_by_action(action=action.id)) == ["core.a", "core.b"]
    assert db.policy.list_by_action(action=UNKNOWN) == []


def test_list_by_tag_wants_the_whole_tag_and_goes_by_ref(db: Database) -> None:
    for ref, tags in (("core.b", ["net", "slow"]), ("core.a", ["net"]), ("core.c", ["network"]), ("core.d", [])):
        factories.policy(db, ref=ref, tags=tags)
    assert _refs(db.policy.list_by_tag(tag="net")) == ["core.a", "core.b"]
    assert db.policy.list_by_tag(tag="NET") == []


@pytest.mark.parametrize(
    ("created", "newest"),
    [
        ([EARLIER, LATER], "core.second"),
        ([LATER, EARLIER], "core.first"),
        ([LATER, LATER], "core.second"),
    ],
)
def test_of_several_policies_the_newest_holds(db: Database, created: list[datetime], newest: str) -> None:
    action = factories.action(db)
    scopes: list[dict[str, Any]] = [{"action": action}, {"pack": action.pack}, {}]
    for number, scope in enumerate(scopes):
        for ref, moment in zip(("core.first", "core.second"), created, strict=True):
            factories.policy(db, ref=f"{ref}-{number}", created=moment, **scope)
    assert db.policy.find_latest_by_action(action=action.id).ref == f"{newest}-0"
    assert db.policy.find_latest_by_pack(pack=action.pack).ref == f"{newest}-1"
    assert db.policy.find_latest_global().ref == f"{newest}-2"


def test_a_policy_for_an_action_does_not_hold_for_its_pack_nor_one_for_a_pack_globally(db: Database) -> None:
    action = factories.action(db)
    factories.policy(db, action=action, pack=action.pack)
    assert db.policy.find_latest_by_pack(pack=action.pack) is None
    factories.policy(db, pack=action.pack)
    assert db.policy.find_latest_global() is None
    assert db.policy.find_latest_by_action(action=UNKNOWN) is None
    assert db.policy.find_latest_by_pack(pack=UNKNOWN) is None


@pytest.mark.parametrize("owner", ["pack", "action"])
def test_a_policy_goes_with_what_it_limits(db: Database, owner: str) -> None:
    made = getattr(factories, owner)(db)
    policy = factories.policy(db, **{owner: made})
    assert getattr(db, owner).delete(id=made.id) == 1
    assert db.policy.find_by_id(id=policy.id) is None
