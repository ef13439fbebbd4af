"""Workflow definitions: refs, lists by label, clearing of optional columns, and what goes with a deleted workflow."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40


def _required(db: Database) -> dict[str, Any]:
    pack = factories.pack(db)
    return {
        "ref": "core.deploy",
        "pack": pack.id,
        "pack_ref": pack.ref,
        "label": "Deploy",
        "version": "1.0",
        "definition": {"tasks": []},
    }


def _labels(rows: list[Any]) -> list[str]:
    return [row.label for row in rows]


def test_create_takes_what_is_required_and_defaults_the_rest(db: Database) -> None:
    given = _required(db)
    made = db.workflow_definition.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert (made.description, made.param_schema, made.out_schema) == (None, None, None)
    assert (made.tags, made.enabled) == ([], True)
    assert made.created == made.updated


def test_create_keeps_every_column(db: Database) -> None:
    given = {
        **_required(db),
        "description": "Puts it there",
        "param_schema": {"type": "object"},
        "out_schema": {"type": "string"},
        "tags": ["ops", "Ops", "a,b {}"],
        "enabled": False,
    }
    made = db.workflow_definition.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.workflow_definition.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        ({"ref": "nodot"}, psycopg.errors.CheckViolation),
        ({"pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"pack": None}, psycopg.errors.NotNullViolation),
        ({"definition": None}, psycopg.errors.NotNullViolation),
        ({"tags": None}, psycopg.errors.NotNullViolation),
        ({"enabled": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.workflow_definition(db, ref="core.taken")
    with pytest.raises(error):
        db.workflow_definition.create(**{**_required(db), **change})


def test_find_exists_and_list_by_ref(db: Database) -> None:
    made = db.workflow_definition.create(**_required(db))
    factories.workflow_definition(db, ref="core.a")
    assert db.workflow_definition.find_by_ref(ref="core.deploy") == made
    assert db.workflow_definition.find_by_ref(ref="core.none") is None
    assert db.workflow_definition.exists_by_ref(ref="core.deploy") is True
    assert db.workflow_definition.exists_by_ref(ref="core.none") is False
    rows = db.workflow_definition.list_by_refs(refs=["core.deploy", "core.a", "core.none"])
    assert [row.ref for row in rows] == ["core.a", "core.deploy"]
    assert db.workflow_definition.list_by_refs(refs=[]) == []


def test_lists_go_by_label_then_id(db: Database) -> None:
    pack, other = factories.pack(db), factories.pack(db)
    last = factories.workflow_definition(db, pack=pack, label="B", ref="core.a", tags=["ops"])
    first = factories.workflow_definition(db, pack=pack, label="A", ref="core.z", tags=["dev", "ops"], enabled=False)
    tied = factories.workflow_definition(db, pack=other, label="B", ref="core.b")
    every = [first.id, last.id, tied.id]
    assert [row.id for row in db.workflow_definition.list()] == every
    assert [row.id for row in db.workflow_definition.list(limit=2)] == every[:2]
    assert db.workflow_definition.list(limit=0) == []
    assert _labels(db.workflow_definition.list_by_pack(pack=pack.id)) == ["A", "B"]
    assert _labels(db.workflow_definition.list_by_pack_ref(pack_ref=pack.ref)) == ["A", "B"]
    assert [row.id for row in db.workflow_definition.list_enabled()] == [last.id, tied.id]
    assert [row.id for row in db.workflow_definition.list_by_tag(tag="ops")] == [first.id, last.id]
    assert [row.id for row in db.workflow_definition.list_by_tag(tag="dev")] == [first.id]
    assert db.workflow_definition.list_by_tag(tag="op") == []
    assert db.workflow_definition.list_by_pack(pack=UNKNOWN) == []
    assert db.workflow_definition.list_by_pack_ref(pack_ref="none") == []
    assert db.workflow_definition.count_by_pack(pack=pack.id) == 2
    assert db.workflow_definition.count_by_pack(pack=UNKNOWN) == 0


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.workflow_definition.find_by_id(id=UNKNOWN) is None
    assert db.workflow_definition.update(id=UNKNOWN) is None
    assert db.workflow_definition.update(id=UNKNOWN, label="New") is None
    assert db.workflow_definition.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"label": "New", "version": "2"},
        {"description": None},
        {"param_schema": None, "out_schema": {"type": "null"}},
        {"out_schema": None},
        {"definition": {"tasks": ["a"]}},
        {"tags": []},
        {"enabled": False},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = db.workflow_definition.create(
        **_required(db), description="Text", param_schema={}, out_schema={}, tags=["ops"]
    )
    after = db.workflow_definition.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.workflow_definition.create(**_required(db))
    assert db.workflow_definition.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.workflow_definition WHERE id = %s", before.id) == [("0",)]


def test_update_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    made = factories.workflow_definition(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.workflow_definition.update(id=made.id, tags=None)


def test_delete_takes_runs_and_the_action_along_and_leaves_the_executions(db: Database) -> None:
    made = factories.workflow_definition(db)
    action = factories.action(db, workflow_def=made)
    execution = factories.execution(db, action=action)
    run = factories.workflow_execution(db, workflow_def=made, execution=execution)
    assert db.workflow_definition.delete(id=made.id) == 1
    assert db.workflow_definition.delete(id=made.id) == 0
    assert db.workflow_execution.find_by_id(id=run.id) is None
    assert db.execute("SELECT count(*) FROM attune.action WHERE id = %s", action.id) == [(0,)]
    assert db.execute("SELECT action FROM attune.execution WHERE id = %s", execution.id) == [(None,)]


def test_a_deleted_pack_takes_its_workflows_along(db: Database) -> None:
    pack = factories.pack(db)
    made = factories.workflow_definition(db, pack=pack)
    db.execute("DELETE FROM attune.pack WHERE id = %s", pack.id)
    assert db.workflow_definition.find_by_id(id=made.id) is None
