"""Keys: one owner of the right kind, values only where a single key is asked for, and what a deleted owner does."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40
SECRET = "correct horse battery staple"
PLAIN = {"owner_type": "system", "encrypted": False, "value": SECRET}


def _owned(db: Database, kind: str) -> dict[str, Any]:
    """Make an owner of that kind; return the columns of `create` that say so."""
    if kind == "system":
        return {"owner_type": kind}
    owner = getattr(factories, kind)(db)
    columns = {"owner_type": kind, f"owner_{kind}": owner.id}
    return columns if kind == "identity" else {**columns, f"owner_{kind}_ref": owner.ref}


@pytest.mark.parametrize("kind", ["system", "identity", "pack", "action", "sensor"])
def test_create_computes_the_owner_from_the_one_owner_column(db: Database, kind: str) -> None:
    owned = _owned(db, kind)
    given = {
        "ref": "core.token",
        "name": "token",
        "encrypted": True,
        "encryption_key_hash": "k1",
        "value": "c",
        **owned,
    }
    made = db.key.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert made.owner == str(owned.get(f"owner_{kind}", "system"))
    assert made.created == made.updated
    assert db.key.find_by_id(id=made.id) == made


@pytest.mark.parametrize("kind", ["system", "identity", "pack", "action", "sensor"])
@pytest.mark.parametrize("also", ["nothing", "identity", "pack", "action", "sensor"])
def test_create_refuses_any_but_the_one_owner_column(db: Database, kind: str, also: str) -> None:
    owner = {} if also == "nothing" else {f"owner_{also}": _owned(db, also)[f"owner_{also}"]}
    wrong = {"ref": "core.token", "name": "token", **PLAIN, "owner_type": kind, **owner}
    if (kind, also) == ("system", "nothing") or kind == also:
        assert db.key.create(**wrong).owner_type == kind
        return
    with pytest.raises(psycopg.errors.CheckViolation):
        db.key.create(**wrong)


def test_create_refuses_two_owners(db: Database) -> None:
    owners = {"owner_identity": factories.identity(db).id, "owner_pack": factories.pack(db).id}
    with pytest.raises(psycopg.errors.CheckViolation):
        db.key.create(**{**PLAIN, "ref": "core.token", "name": "token", "owner_type": "pack", **owners})


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        ({"name": "taken"}, psycopg.errors.UniqueViolation),
        ({"ref": "a.b.c"}, psycopg.errors.CheckViolation),
        ({"ref": "Upper"}, psycopg.errors.CheckViolation),
        ({"ref": ""}, psycopg.errors.CheckViolation),
        ({"owner_type": "nobody"}, psycopg.errors.InvalidTextRepresentation),
        ({"owner_type": "pack", "owner_pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"value": None}, psycopg.errors.NotNullViolation),
        ({"encrypted": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.key(db, ref="core.taken", name="taken")
    with pytest.raises(error):
        db.key.create(**{**PLAIN, "ref": "core.new", "name": "new", **change})


def test_owner_is_no_parameter(db: Database) -> None:
    with pytest.raises(TypeError, match="owner"):
        db.key.create(**PLAIN, ref="core.new", name="new", owner="system")


def test_the_same_name_may_be_used_by_several_owners(db: Database) -> None:
    for ref, kind in (("core.a", "system"), ("core.b", "identity"), ("core.c", "identity")):
        assert db.key.create(**{**PLAIN, "ref": ref, "name": "token", **_owned(db, kind)}).name == "token"


def test_find_operations_return_the_value(db: Database) -> None:
    made = db.key.create(**PLAIN, ref="core.token", name="token")
    assert made.value == SECRET
    assert db.key.find_by_id(id=made.id) == made
    assert db.key.find_by_ref(ref="core.token") == made
    assert db.key.find_by_owner_and_name(owner_type="system", owner="system", name="token") == made
    assert db.key.find_by_owner_and_name(owner_type="system", owner="system", name="other") is None
    assert db.key.find_by_owner_and_name(owner_type="pack", owner="system", name="token") is None
    assert db.key.find_by_ref(ref="core.other") is None
    assert db.key.exists_by_ref(ref="core.token") is True
    assert db.key.exists_by_ref(ref="core.other") is False


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("list", {}),
        ("list_by_refs", {"refs": ["core.token"]}),
        ("list_by_owner_type", {"owner_type": "system"}),
        ("list_by_owner", {"owner_type": "system", "owner": "system"}),
        ("search", {}),
    ],
)
def test_lists_and_search_never_return_the_value(db: Database, operation: str, arguments: dict[str, Any]) -> None:
    made = db.key.create(**PLAIN, ref="core.token", name="token")
    (row,) = getattr(db.key, operation)(**arguments)
    assert row._asdict() == {name: value for name, value in made._asdict().items() if name != "value"}
    assert SECRET not in repr(row)


def test_list_goes_by_ref_in_pages(db: Database) -> None:
    refs = ["a", "b.a", "b.b", "c"]
    for ref in reversed(refs):
        factories.key(db, ref=ref)
    assert [each.ref for each in db.key.list()] == refs
    assert [each.ref for each in db.key.list(limit=2)] == refs[:2]
    assert [each.ref for each in db.key.list(limit=2, after_ref="b.a")] == refs[2:]
    assert db.key.list(limit=0) == []
    assert [each.ref for each in db.key.list_by_refs(refs=["c", "a", "none"])] == ["a", "c"]


def test_lists_by_owner_go_by_ref(db: Database) -> None:
    first, second = factories.identity(db), factories.identity(db)
    for ref, owner in (("b", first), ("a", first), ("c", second)):
        factories.key(db, ref=ref, owner_type="identity", owner_identity=owner)
    factories.key(db, ref="d")
    assert [each.ref for each in db.key.list_by_owner_type(owner_type="identity")] == ["a", "b", "c"]
    assert [each.ref for each in db.key.list_by_owner_type(owner_type="sensor")] == []
    assert [each.ref for each in db.key.list_by_owner(owner_type="identity", owner=str(first.id))] == ["a", "b"]
    assert db.key.list_by_owner(owner_type="pack", owner=str(first.id)) == []


def test_search_takes_any_filters(db: Database) -> None:
    identity = factories.identity(db)
    for ref in ("b", "a"):
        factories.key(db, ref=ref, owner_type="identity", owner_identity=identity)
    factories.key(db, ref="c")
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["a", "b", "c"]),
        ({"limit": 2}, ["a", "b"]),
        ({"limit": 0}, []),
        ({"owner_type": "identity"}, ["a", "b"]),
        ({"owner": str(identity.id)}, ["a", "b"]),
        ({"owner_type": "system", "owner": "system"}, ["c"]),
        ({"owner_type": "system", "owner": str(identity.id)}, []),
        ({"owner_type": None, "owner": None}, ["a", "b", "c"]),
    ]
    for filters, refs in cases:
        assert [each.ref for each in db.key.search(**filters)] == refs


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.key.find_by_id(id=UNKNOWN) is None
    assert db.key.update(id=UNKNOWN) is None
    assert db.key.update(id=UNKNOWN, value="new") is None
    assert db.key.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"value": "new"},
        {"name": "renamed"},
        {"encryption_key_hash": None},
        {"encrypted": False, "encryption_key_hash": None, "value": "clear"},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = db.key.create(
        ref="core.token", name="token", owner_type="system", encrypted=True, encryption_key_hash="k1", value="cipher"
    )
    after = db.key.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.key.create(**PLAIN, ref="core.token", name="token")
    assert db.key.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.key WHERE id = %s", before.id) == [("0",)]


def test_update_refuses_a_name_that_the_owner_has_already(db: Database) -> None:
    factories.key(db, name="taken")
    made = factories.key(db, name="token")
    with pytest.raises(psycopg.errors.UniqueViolation):
        db.key.update(id=made.id, name="taken")


def test_update_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    made = factories.key(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.key.update(id=made.id, value=None)


def test_delete_removes_one(db: Database) -> None:
    made = factories.key(db)
    assert db.key.delete(id=made.id) == 1
    assert db.key.delete(id=made.id) == 0


@pytest.mark.parametrize("kind", ["action", "sensor"])
def test_a_deleted_action_or_sensor_takes_its_keys_along(db: Database, kind: str) -> None:
    owned = _owned(db, kind)
    made = db.key.create(**{**PLAIN, "ref": "core.token", "name": "token", **owned})
    db.execute(f"DELETE FROM attune.{kind} WHERE id = %s", owned[f"owner_{kind}"])
    assert db.key.find_by_id(id=made.id) is None


@pytest.mark.parametrize("kind", ["identity", "pack"])
def test_an_identity_or_pack_with_keys_cannot_be_deleted(db: Database, kind: str) -> None:
    owned = _owned(db, kind)
    db.key.create(**{**PLAIN, "ref": "core.token", "name": "token", **owned})
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.execute(f"DELETE FROM attune.{kind} WHERE id = %s", owned[f"owner_{kind}"])
