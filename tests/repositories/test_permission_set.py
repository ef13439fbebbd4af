"""Permission sets: refs, lists by pack and by holder, clearing of optional columns, what goes with a deleted set."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40


def test_create_takes_the_ref_and_defaults_the_rest(db: Database) -> None:
    made = db.permission_set.create(ref="core.admin")
    assert made.ref == "core.admin"
    assert (made.pack, made.pack_ref, made.label, made.description, made.grants) == (None, None, None, None, [])
    assert made.created == made.updated


def test_create_keeps_every_column(db: Database) -> None:
    pack = factories.pack(db)
    given = {
        "ref": "core.admin",
        "pack": pack.id,
        "pack_ref": pack.ref,
        "label": "Administrators",
        "description": "May do anything",
        "grants": [{"resource": "pack", "action": "*"}],
    }
    made = db.permission_set.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.permission_set.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        ({"ref": None}, psycopg.errors.NotNullViolation),
        ({"ref": "core.new", "grants": None}, psycopg.errors.NotNullViolation),
        ({"ref": "core.new", "pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"ref": "nodot"}, psycopg.errors.CheckViolation),
        ({"ref": "two.dots.here"}, psycopg.errors.CheckViolation),
        ({"ref": "Core.upper"}, psycopg.errors.CheckViolation),
        ({"ref": "core.with space"}, psycopg.errors.CheckViolation),
        ({"ref": "core.line\n"}, psycopg.errors.CheckViolation),
    ],
)
def test_create_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.permission_set(db, ref="core.taken")
    with pytest.raises(error):
        db.permission_set.create(**columns)


def test_find_and_exists_by_ref(db: Database) -> None:
    made = db.permission_set.create(ref="core.admin")
    assert db.permission_set.find_by_ref(ref="core.admin") == made
    assert db.permission_set.find_by_ref(ref="core.nobody") is None
    assert db.permission_set.exists_by_ref(ref="core.admin") is True
    assert db.permission_set.exists_by_ref(ref="core.nobody") is False


@pytest.mark.parametrize(
    ("refs", "found"),
    [([], []), (["core.c", "core.a", "core.a", "core.missing"], ["core.a", "core.c"]), (["core.missing"], [])],
)
def test_list_by_refs_goes_by_ref_whatever_the_order_asked(db: Database, refs: list[str], found: list[str]) -> None:
    for ref in ("core.b", "core.c", "core.a"):
        factories.permission_set(db, ref=ref)
    assert [each.ref for each in db.permission_set.list_by_refs(refs=refs)] == found


def test_list_goes_by_ref_in_pages(db: Database) -> None:
    refs = ["core.a", "core.b", "core.c", "core.d"]
    for ref in reversed(refs):
        factories.permission_set(db, ref=ref)
    assert [each.ref for each in db.permission_set.list()] == refs
    assert [each.ref for each in db.permission_set.list(limit=2)] == refs[:2]
    assert [each.ref for each in db.permission_set.list(limit=2, after_ref="core.b")] == refs[2:]
    assert db.permission_set.list(after_ref="core.d") == []
    assert db.permission_set.list(limit=0) == []


def test_list_by_pack_goes_by_ref(db: Database) -> None:
    pack = factories.pack(db)
    for ref in ("core.b", "core.a"):
        factories.permission_set(db, ref=ref, pack=pack)
    factories.permission_set(db, ref="core.other", pack=factories.pack(db))
    assert [each.ref for each in db.permission_set.list_by_pack(pack=pack.id)] == ["core.a", "core.b"]
    assert db.permission_set.list_by_pack(pack=UNKNOWN) == []


def test_list_by_identity_goes_by_ref_through_the_assignments(db: Database) -> None:
    holder, other = factories.identity(db), factories.identity(db)
    held = [factories.permission_set(db, ref=ref) for ref in ("core.b", "core.a")]
    for made in held:
        db.permission_assignment.create(identity=holder.id, permset=made.id)
    db.permission_assignment.create(identity=other.id, permset=factories.permission_set(db).id)
    assert [each.ref for each in db.permission_set.list_by_identity(identity=holder.id)] == ["core.a", "core.b"]
    assert db.permission_set.list_by_identity(identity=UNKNOWN) == []


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.permission_set.find_by_id(id=UNKNOWN) is None
    assert db.permission_set.update(id=UNKNOWN) is None
    assert db.permission_set.update(id=UNKNOWN, label="New") is None
    assert db.permission_set.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    "change", [{"label": "New"}, {"label": None}, {"description": None}, {"grants": []}, {"label": "N", "grants": [1]}]
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = db.permission_set.create(ref="core.a", label="Old", description="Old", grants=[{"resource": "pack"}])
    after = db.permission_set.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.permission_set.create(ref="core.a", label="Old")
    assert db.permission_set.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.permission_set WHERE id = %s", before.id) == [("0",)]


def test_update_refuses_null_grants(db: Database) -> None:
    made = factories.permission_set(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.permission_set.update(id=made.id, grants=None)


def test_delete_takes_the_assignments_along(db: Database) -> None:
    made = factories.permission_set(db)
    assigned = db.permission_assignment.create(identity=factories.identity(db).id, permset=made.id)
    assert db.permission_set.delete(id=made.id) == 1
    assert db.permission_set.delete(id=made.id) == 0
    assert db.permission_assignment.find_by_id(id=assigned.id) is None


def test_a_deleted_pack_takes_its_sets_along(db: Database) -> None:
    pack = factories.pack(db)
    made = factories.permission_set(db, pack=pack)
    db.execute("DELETE FROM attune.pack WHERE id = %s", pack.id)
    assert db.permission_set.find_by_id(id=made.id) is None
