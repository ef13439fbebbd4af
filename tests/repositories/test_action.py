"""Actions: required columns, workflows and their links, search, and what goes or stays with a deleted action."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40


def _plain(db: Database) -> dict[str, Any]:
    """Return the required columns of an action, of a pack of its own."""
    pack = factories.pack(db)
    return {
        "ref": "core.echo",
        "pack": pack.id,
        "pack_ref": pack.ref,
        "label": "Echo",
        "description": "Says it again",
        "entrypoint": "echo.py",
    }


def _full(db: Database) -> Any:
    """Add an action that has a value of its own in every column that can be given."""
    return db.action.create(
        **_plain(db),
        runtime=factories.runtime(db).id,
        param_schema={"type": "object"},
        out_schema={"type": "string"},
        is_adhoc=True,
    )


def _refs(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    plain = _plain(db)
    made = db.action.create(**plain)
    assert made._asdict() == {
        **plain,
        "id": made.id,
        "runtime": None,
        "param_schema": None,
        "out_schema": None,
        "is_workflow": False,
        "workflow_def": None,
        "is_adhoc": False,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.param_schema, made.out_schema, made.is_adhoc) == ({"type": "object"}, {"type": "string"}, True)
    assert db.runtime.find_by_id(id=made.runtime).id == made.runtime
    assert db.action.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "echo", "core.", ".echo", "core.a.b", "Core.echo", "co re.echo", "core.echo\n", "core.é")
        ),
        *(
            ({name: None}, psycopg.errors.NotNullViolation)
            for name in ("ref", "pack", "pack_ref", "label", "description", "entrypoint", "is_adhoc")
        ),
        ({"pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"runtime": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.action(db, ref="core.taken")
    with pytest.raises(error):
        db.action.create(**{**_plain(db), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"label": "New"},
        {"description": "New"},
        {"entrypoint": "new.py"},
        {"runtime": None},
        {"param_schema": {}},
        {"param_schema": None},
        {"out_schema": [1]},
        {"out_schema": None},
        {"label": "New", "runtime": None, "out_schema": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.action.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.action.find_by_id(id=before.id) == after


def test_update_tells_json_null_from_null(db: Database) -> None:
    made = _full(db)
    for value, is_null in ((Jsonb(None), False), (None, True)):
        db.action.update(id=made.id, out_schema=value)
        assert db.execute("SELECT out_schema IS NULL FROM attune.action WHERE id = %s", made.id) == [(is_null,)]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"label": None}, psycopg.errors.NotNullViolation),
        ({"description": None}, psycopg.errors.NotNullViolation),
        ({"entrypoint": None}, psycopg.errors.NotNullViolation),
        ({"runtime": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_update_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    made = _full(db)
    with pytest.raises(error):
        db.action.update(id=made.id, **change)


def test_list_by_runtime_goes_by_ref(db: Database) -> None:
    runtime = factories.runtime(db)
    for ref in ("core.b", "core.a"):
        factories.action(db, ref=ref, runtime=runtime)
    factories.action(db, ref="core.c")
    assert _refs(db.action.list_by_runtime(runtime=runtime.id)) == ["core.a", "core.b"]
    assert db.action.list_by_runtime(runtime=UNKNOWN) == []


def test_workflows_are_the_actions_with_a_definition(db: Database) -> None:
    definition, other = factories.workflow_definition(db), factories.workflow_definition(db)
    for ref, workflow_def in (("core.b", definition), ("core.a", definition), ("core.c", None)):
        factories.action(db, ref=ref, workflow_def=workflow_def)
    assert _refs(db.action.list_workflows()) == ["core.a", "core.b"]
    assert db.action.find_by_workflow_def(workflow_def=definition.id).ref == "core.a"
    assert db.action.find_by_workflow_def(workflow_def=other.id) is None


def test_link_workflow_def_makes_and_unmakes_a_workflow(db: Database) -> None:
    before = _full(db)
    definition = factories.workflow_definition(db)
    linked = db.action.link_workflow_def(id=before.id, workflow_def=definition.id)
    assert linked == before._replace(workflow_def=definition.id, is_workflow=True, updated=linked.updated)
    assert linked.updated > before.updated
    unlinked = db.action.link_workflow_def(id=before.id, workflow_def=None)
    assert unlinked == before._replace(updated=unlinked.updated)
    assert db.action.link_workflow_def(id=UNKNOWN, workflow_def=definition.id) is None
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.action.link_workflow_def(id=before.id, workflow_def=UNKNOWN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail", ["core.send", "net.mail"]),
        ("MAIL", ["core.send", "net.mail"]),
        ("CORE.", ["core.misc", "core.send"]),
        ("100%", ["core.misc"]),
        ("0%d", []),
        ("do_it", ["core.misc"]),
        ("o_e", []),
        ("\\d", ["core.misc"]),
        ("", ["core.misc", "core.send", "net.mail"]),
        ("nothing like it", []),
    ],
)
def test_search_takes_the_text_literally_in_any_case(db: Database, text: str, found: list[str]) -> None:
    factories.action(db, ref="net.mail", label="Post", description="Posts")
    factories.action(db, ref="core.send", label="Send", description="Sends a Mail")
    factories.action(db, ref="core.misc", label="100% done", description="do_it, or \\do it")
    assert _refs(db.action.search(text=text)) == found
    assert _refs(db.action.search(text=text, limit=1)) == found[:1]
    assert db.action.search(text=text, limit=0) == []


def test_delete_takes_along_policies_and_keys_and_unlinks_rules_and_executions(db: Database) -> None:
    action = factories.action(db)
    policy = factories.policy(db, action=action)
    rule, execution = factories.rule(db, action=action), factories.execution(db, action=action)
    factories.key(db, owner_type="action", owner_action=action)
    assert db.action.delete(id=action.id) == 1
    assert db.policy.find_by_id(id=policy.id) is None
    assert db.key.list() == []
    left = db.rule.find_by_id(id=rule.id)
    assert (left.action, left.action_ref) == (None, action.ref)
    assert db.execute("SELECT action, action_ref FROM attune.execution WHERE id = %s", execution.id) == [
        (None, action.ref)
    ]


def test_an_action_goes_with_its_workflow_definition(db: Database) -> None:
    definition = factories.workflow_definition(db)
    action = factories.action(db, workflow_def=definition)
    db.execute("DELETE FROM attune.workflow_definition WHERE id = %s", definition.id)
    assert db.action.find_by_id(id=action.id) is None
