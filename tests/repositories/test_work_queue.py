"""Work queues: refs, defaults, clearing of optional columns, and what survives a deleted pack or action."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40
REQUIRED = {"ref": "core.mail", "label": "Mail", "dispatch_action_ref": "core.send"}
DEFAULTS: dict[str, Any] = {
    "pack": None,
    "pack_ref": None,
    "is_adhoc": False,
    "description": None,
    "enabled": True,
    "accepting_new_items": True,
    "dispatch_action": None,
    "default_priority": 0,
    "allow_pending_update": False,
    "update_strategy": "replace",
    "batch_mode": "single",
    "item_schema": {},
    "action_params": {},
    "permission_set_refs": None,
    "config": {},
}


def _full(db: Database) -> dict[str, Any]:
    """Return a value other than the default for every column that `create` takes."""
    pack = factories.pack(db)
    action = factories.action(db, pack=pack)
    return {
        **REQUIRED,
        "pack": pack.id,
        "pack_ref": pack.ref,
        "is_adhoc": True,
        "description": "Mail to send",
        "enabled": False,
        "accepting_new_items": False,
        "dispatch_action": action.id,
        "default_priority": -3,
        "allow_pending_update": True,
        "update_strategy": "merge_patch",
        "batch_mode": "batch",
        "item_schema": {"type": "object"},
        "action_params": {"from": "me"},
        "permission_set_refs": ["core.mail"],
        "config": {"size": 10},
    }


def test_create_takes_what_is_required_and_defaults_the_rest(db: Database) -> None:
    made = db.work_queue.create(**REQUIRED)
    expected = {**REQUIRED, **DEFAULTS, "id": made.id, "created": made.created, "updated": made.created}
    assert made._asdict() == expected


def test_create_keeps_every_column(db: Database) -> None:
    given = _full(db)
    made = db.work_queue.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.work_queue.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        ({"ref": "1st"}, psycopg.errors.CheckViolation),
        ({"ref": "core."}, psycopg.errors.CheckViolation),
        ({"ref": "Core"}, psycopg.errors.CheckViolation),
        ({"pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"dispatch_action": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"dispatch_action_ref": None}, psycopg.errors.NotNullViolation),
        ({"config": None}, psycopg.errors.NotNullViolation),
        ({"batch_mode": "all"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.work_queue(db, ref="core.taken")
    with pytest.raises(error):
        db.work_queue.create(**{**REQUIRED, **change})


def test_find_exists_and_lists_by_ref(db: Database) -> None:
    refs = ["a", "a.b.c", "b", "core.mail"]
    for ref in reversed(refs):
        factories.work_queue(db, ref=ref)
    assert db.work_queue.find_by_ref(ref="a.b.c").ref == "a.b.c"
    assert db.work_queue.find_by_ref(ref="a.b") is None
    assert db.work_queue.exists_by_ref(ref="b") is True
    assert db.work_queue.exists_by_ref(ref="c") is False
    assert [each.ref for each in db.work_queue.list()] == refs
    assert [each.ref for each in db.work_queue.list(limit=2)] == refs[:2]
    assert [each.ref for each in db.work_queue.list(limit=9, after_ref="a.b.c")] == refs[2:]
    assert db.work_queue.list(limit=0) == []
    assert [each.ref for each in db.work_queue.list_by_refs(refs=["b", "none", "a"])] == ["a", "b"]
    assert db.work_queue.list_by_refs(refs=[]) == []


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.work_queue.find_by_id(id=UNKNOWN) is None
    assert db.work_queue.update(id=UNKNOWN) is None
    assert db.work_queue.update(id=UNKNOWN, label="New") is None
    assert db.work_queue.delete(id=UNKNOWN) == 0


def test_update_changes_one_column_at_a_time_and_keeps_the_rest(db: Database) -> None:
    full = _full(db)
    queue = db.work_queue.create(**REQUIRED)
    for name, value in full.items():
        if name == "ref":
            continue
        before, queue = queue, db.work_queue.update(id=queue.id, **{name: value})
        assert queue == before._replace(**{name: value}, updated=queue.updated)
        assert queue.updated > before.updated
    for name, value in DEFAULTS.items():
        if value is None:
            before, queue = queue, db.work_queue.update(id=queue.id, **{name: None})
            assert queue == before._replace(**{name: None}, updated=queue.updated)


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.work_queue.create(**REQUIRED)
    assert db.work_queue.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.work_queue WHERE id = %s", before.id) == [("0",)]


def test_update_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    made = factories.work_queue(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.work_queue.update(id=made.id, enabled=None)


def test_a_queue_outlives_its_pack_and_its_action(db: Database) -> None:
    given = _full(db)
    made = db.work_queue.create(**given)
    db.execute("DELETE FROM attune.pack WHERE id = %s", given["pack"])
    left = db.work_queue.find_by_id(id=made.id)
    assert left == made._replace(pack=None, dispatch_action=None, updated=left.updated)


def test_delete_takes_the_items_along(db: Database) -> None:
    made = factories.work_queue(db)
    item = db.work_queue_item.enqueue(queue=made.id, payload={}, enqueue_source="api")
    assert db.work_queue.delete(id=made.id) == 1
    assert db.work_queue.delete(id=made.id) == 0
    assert db.work_queue_item.find_by_id(id=item.id) is None
