"""Executions: create, find, list, update and delete, and that they outlive whatever they refer to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40
STATUSES = (
    "requested",
    "scheduling",
    "scheduled",
    "running",
    "completed",
    "failed",
    "canceling",
    "cancelled",
    "timeout",
    "abandoned",
)


def test_create_execution_basic(db: Database) -> None:
    action = factories.action(db)
    made = db.execution.create(action=action.id, action_ref=action.ref)
    assert made.id > 0
    assert (made.action, made.action_ref, made.status) == (action.id, action.ref, "requested")
    assert (made.config, made.parent, made.enforcement, made.executor) == (None, None, None, None)
    assert (made.result, made.worker, made.started_at) == (None, None, None)
    assert (made.retry_count, made.max_retries, made.retry_reason) == (0, None, None)
    assert (made.original_execution, made.top_level) == (None, True)


def test_create_execution_without_action(db: Database) -> None:
    made = db.execution.create(action_ref="core.gone")
    assert (made.action, made.action_ref) == (None, "core.gone")


def test_create_execution_with_all_fields(db: Database) -> None:
    action = factories.action(db)
    given = {
        "action": action.id,
        "action_ref": action.ref,
        "config": {"message": "hello", "count": 3},
        "parent": factories.execution(db).id,
        "enforcement": factories.enforcement(db).id,
        "executor": factories.identity(db).id,
        "status": "failed",
        "result": {"exit_code": 1},
        "worker": factories.worker(db).id,
        "started_at": datetime(2026, 1, 14, 12, 30, tzinfo=UTC),
        "retry_count": 2,
        "max_retries": 5,
        "retry_reason": "exit code 1",
        "original_execution": factories.execution(db).id,
    }
    made = db.execution.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert made.top_level is False
    assert db.execution.find_by_id(id=made.id) == made


def test_create_execution_with_parent(db: Database) -> None:
    parent = db.execution.create(action_ref="core.workflow")
    child = db.execution.create(action_ref="core.echo", parent=parent.id)
    assert child.parent == parent.id
    assert (parent.top_level, child.top_level) == (True, False)


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"action": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"parent": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"enforcement": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"executor": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"worker": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"original_execution": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"action_ref": None}, psycopg.errors.NotNullViolation),
        ({"status": None}, psycopg.errors.NotNullViolation),
        ({"retry_count": None}, psycopg.errors.NotNullViolation),
        ({"status": "canceled"}, psycopg.errors.InvalidTextRepresentation),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_create_refuses(db: Database, columns: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error) as caught:
        db.execution.create(**{"action_ref": "core.echo", **columns})
    assert "execution.create" in caught.value.__notes__[0]


def test_find_execution_by_id(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo")
    factories.execution(db)
    assert db.execution.find_by_id(id=made.id) == made


def test_find_execution_by_id_not_found(db: Database) -> None:
    assert db.execution.find_by_id(id=UNKNOWN) is None


def test_list_executions(db: Database) -> None:
    made = [db.execution.create(action_ref=f"core.echo{number}") for number in range(3)]
    assert sorted(db.execution.list(limit=100)) == sorted(made)
    assert db.execution.list(limit=0) == []


def test_list_executions_ordered_by_created_desc(db: Database) -> None:
    for created in ("2026-01-02", "2026-01-01", "2026-01-03", "2026-01-02"):
        factories.execution(db, created=created)
    listed = db.execution.list(limit=100)
    assert [(row.created, row.id) for row in listed] == sorted(((row.created, row.id) for row in listed), reverse=True)
    assert [row.created.day for row in listed] == [3, 2, 2, 1]
    assert [row.id for row in db.execution.list(limit=2)] == [row.id for row in listed[:2]]


def test_update_execution_status(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo", config={"a": 1})
    changed = db.execution.update(id=made.id, status="running")
    assert changed == made._replace(status="running", updated=changed.updated)
    assert changed.updated > made.updated


def test_update_execution_result(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo")
    result = {"output": ["a", None], "exit_code": 0}
    assert db.execution.update(id=made.id, status="completed", result=result).result == result
    assert db.execution.update(id=made.id, retry_count=1).result == result
    assert db.execution.update(id=made.id, result=None).result is None


def test_update_execution_executor(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo")
    executor = factories.identity(db)
    assert db.execution.update(id=made.id, executor=executor.id).executor == executor.id
    assert db.execution.update(id=made.id, executor=None).executor is None


@pytest.mark.parametrize("last", ["completed", "failed"])
def test_update_execution_status_transitions(db: Database, last: str) -> None:
    made = db.execution.create(action_ref="core.echo")
    before = made.updated
    for status in ("scheduling", "scheduled", "running", last):
        changed = db.execution.update(id=made.id, status=status)
        assert changed.status == status
        assert changed.updated > before
        before = changed.updated
    assert db.execution.find_by_id(id=made.id).status == last


def test_update_execution_failed_status(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo", status="running")
    error = {"error": "no such host", "exit_code": 6}
    changed = db.execution.update(id=made.id, status="failed", result=error)
    assert (changed.status, changed.result) == ("failed", error)


def test_update_execution_no_changes(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo", result={"a": 1}, status="failed")
    assert db.execution.update(id=made.id) == made
    assert db.execution.find_by_id(id=made.id) == made


def test_update_clears_every_column_that_may_be_null(db: Database) -> None:
    given: dict[str, Any] = {
        "executor": factories.identity(db).id,
        "result": {"a": 1},
        "worker": factories.worker(db).id,
        "started_at": datetime(2026, 1, 14, tzinfo=UTC),
        "max_retries": 3,
        "retry_reason": "why",
        "original_execution": factories.execution(db).id,
    }
    made = db.execution.create(action_ref="core.echo")
    filled = db.execution.update(id=made.id, **given)
    assert {name: getattr(filled, name) for name in given} == given
    for name in given:
        before = db.execution.find_by_id(id=made.id)
        changed = db.execution.update(id=made.id, **{name: None})
        assert changed == before._replace(**{name: None}, updated=changed.updated)


def test_update_with_the_same_values_still_counts_as_a_change(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo")
    assert db.execution.update(id=made.id, status="requested").updated > made.updated


def test_update_not_found(db: Database) -> None:
    assert db.execution.update(id=UNKNOWN, status="failed") is None
    assert db.execution.update(id=UNKNOWN) is None


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"status": None}, psycopg.errors.NotNullViolation),
        ({"retry_count": None}, psycopg.errors.NotNullViolation),
        ({"status": "done"}, psycopg.errors.InvalidTextRepresentation),
        ({"executor": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"action_ref": "core.other"}, TypeError),
    ],
)
def test_update_refuses(db: Database, columns: dict[str, Any], error: type[Exception]) -> None:
    made = db.execution.create(action_ref="core.echo")
    with pytest.raises(error):
        db.execution.update(id=made.id, **columns)


def test_delete_execution(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo")
    assert db.execution.delete(id=made.id) == 1
    assert db.execution.find_by_id(id=made.id) is None


def test_delete_execution_not_found(db: Database) -> None:
    assert db.execution.delete(id=UNKNOWN) == 0


def test_find_executions_by_status(db: Database) -> None:
    for status in STATUSES:
        db.execution.create(action_ref="core.echo", status=status)
    for status in STATUSES:
        assert [row.status for row in db.execution.list_by_status(status=status, limit=10)] == [status]


def test_find_executions_by_enforcement(db: Database) -> None:
    asked, other = factories.enforcement(db), factories.enforcement(db)
    first = db.execution.create(action_ref="core.echo", enforcement=asked.id)
    child = db.execution.create(action_ref="core.echo", enforcement=asked.id, parent=first.id)
    db.execution.create(action_ref="core.echo", enforcement=other.id)
    assert db.execution.list_by_enforcement(enforcement=asked.id) == [child, first]
    assert db.execution.list_by_enforcement(enforcement=UNKNOWN) == []


def test_parent_child_execution_hierarchy(db: Database) -> None:
    parent = db.execution.create(action_ref="core.workflow")
    children = [db.execution.create(action_ref=f"core.task{number}", parent=parent.id) for number in range(3)]
    assert db.execution.list_by_parent(parent=parent.id) == children
    assert db.execution.list_by_parent(parent=children[0].id) == []


def test_nested_execution_hierarchy(db: Database) -> None:
    root = db.execution.create(action_ref="core.workflow")
    child = db.execution.create(action_ref="core.workflow", parent=root.id)
    grandchild = db.execution.create(action_ref="core.echo", parent=child.id)
    assert db.execution.list_by_parent(parent=root.id) == [child]
    assert db.execution.list_by_parent(parent=child.id) == [grandchild]
    assert [(row.id, row.depth) for row in db.execution.list_tree(id=root.id)] == [
        (root.id, 0),
        (child.id, 1),
        (grandchild.id, 2),
    ]


def test_execution_timestamps(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo")
    assert made.created == made.updated
    assert made.created.tzinfo is not None
    changed = db.execution.update(id=made.id, status="scheduling")
    assert changed.created == made.created
    assert changed.updated > made.updated


def test_execution_config_json(db: Database) -> None:
    config = {"nested": {"list": [1, 2.5, "three", None, True], "empty": {}}, "text": "a %s 'quote' \\ ü"}
    made = db.execution.create(action_ref="core.echo", config=config)
    assert db.execution.find_by_id(id=made.id).config == config


@pytest.mark.parametrize("result", [{"rows": [{"id": 1}], "ok": True}, [1, [2]], "text", 0, False, {}])
def test_execution_result_json(db: Database, result: Any) -> None:
    made = db.execution.create(action_ref="core.echo", result=result)
    assert db.execution.find_by_id(id=made.id).result == result


def test_no_result_and_a_json_null_differ(db: Database) -> None:
    made = [db.execution.create(action_ref="core.echo", result=result).id for result in (None, Jsonb(None))]
    stored = db.execute("SELECT result::text FROM attune.execution WHERE id = ANY(%s) ORDER BY id", made)
    assert stored == [(None,), ("null",)]


@pytest.mark.parametrize("column", ["action", "enforcement", "parent", "executor", "worker", "original_execution"])
def test_an_execution_outlives_what_it_refers_to(db: Database, column: str) -> None:
    table = {"executor": "identity", "parent": "execution", "original_execution": "execution"}.get(column, column)
    target = getattr(factories, table)(db)
    made = db.execution.create(action_ref="core.echo", **{column: target.id})
    db.execute(f"DELETE FROM attune.{table} WHERE id = %s", target.id)
    kept = db.execution.find_by_id(id=made.id)
    assert kept == made._replace(**{column: None}, updated=kept.updated)


def test_deleting_an_execution_takes_its_inquiries_and_keeps_its_children(db: Database) -> None:
    parent = factories.execution(db)
    child = factories.execution(db, parent=parent)
    factories.inquiry(db, execution=parent)
    assert db.execution.delete(id=parent.id) == 1
    assert db.execution.find_by_id(id=child.id).parent is None
    assert db.execute("SELECT count(*) FROM attune.inquiry") == [(0,)]
