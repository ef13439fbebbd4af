"""Executions by the thousand: create_many and delete_finished_before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.test_execution import STATUSES, UNKNOWN

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
FINISHED = ("completed", "failed", "cancelled", "timeout", "abandoned")


def test_create_many_returns_thousands_in_input_order(db: Database) -> None:
    rows = [{"action_ref": f"core.echo{number}", "config": {"number": number}} for number in range(3000)]
    made = db.execution.create_many(rows=rows)
    assert [row.config["number"] for row in made] == list(range(3000))
    assert [row.id for row in made] == sorted(row.id for row in made)
    assert db.execution.find_by_id(id=made[-1].id) == made[-1]


def test_create_many_takes_every_column_of_create(db: Database) -> None:
    action = factories.action(db)
    given = {
        "action": action.id,
        "action_ref": action.ref,
        "config": {"a": [1, None]},
        "parent": factories.execution(db).id,
        "enforcement": factories.enforcement(db).id,
        "executor": factories.identity(db).id,
        "status": "failed",
        "result": "text",
        "worker": factories.worker(db).id,
        "started_at": NOON,
        "retry_count": 2,
        "max_retries": 5,
        "retry_reason": "why",
        "original_execution": factories.execution(db).id,
    }
    [made] = db.execution.create_many(rows=[given])
    assert {name: getattr(made, name) for name in given} == given
    assert made.top_level is False


def test_create_many_takes_what_is_left_out_or_none_as_the_default(db: Database) -> None:
    created = db.execution.create(action_ref="core.echo")
    columns = [name for name in created._fields if name not in ("id", "action_ref", "top_level", "created", "updated")]
    made = db.execution.create_many(
        rows=[
            {"action_ref": "core.echo"},
            {"action_ref": "core.echo", **dict.fromkeys(columns)},
            {"action_ref": "core.echo", "status": "running"},
        ]
    )
    assert [row[1:-2] for row in made] == [
        created[1:-2],
        created[1:-2],
        created._replace(status="running")[1:-2],
    ]


def test_create_many_of_nothing_adds_nothing(db: Database) -> None:
    assert db.execution.create_many(rows=[]) == []


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({}, psycopg.errors.NotNullViolation),
        ({"action_ref": "core.echo", "parent": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"action_ref": "core.echo", "status": "done"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_create_many_refuses_all_for_one(db: Database, row: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error) as caught:
        db.execution.create_many(rows=[{"action_ref": "core.echo"}, row])
    assert "execution.create_many" in caught.value.__notes__[0]
    db.rollback()
    assert db.execution.list(limit=1) == []


def test_delete_finished_before_takes_the_oldest_finished_ones(db: Database) -> None:
    for number, status in enumerate(STATUSES):
        factories.execution(db, status=status, updated=NOON + timedelta(minutes=number))
    before = NOON + timedelta(minutes=len(STATUSES) - 1)
    assert db.execution.delete_finished_before(before=before, limit=2) == 2
    left = [row.status for row in reversed(db.execution.list(limit=10))]
    assert left == [status for status in STATUSES if status not in ("completed", "failed")]
    assert db.execution.delete_finished_before(before=before, limit=10) == 2
    # The last one finished at that very moment, which is not before it.
    left = [row.status for row in reversed(db.execution.list(limit=10))]
    assert left == ["requested", "scheduling", "scheduled", "running", "canceling", "abandoned"]


@pytest.mark.parametrize("limit", [0, -1])
def test_delete_finished_before_of_nothing_deletes_nothing(db: Database, limit: int) -> None:
    factories.execution(db, status="failed", updated=NOON)
    assert db.execution.delete_finished_before(before=NOON + timedelta(days=1), limit=limit) == 0


def test_delete_finished_before_takes_a_whole_family_and_its_inquiries(db: Database) -> None:
    parent = factories.execution(db, status="completed", updated=NOON)
    for status in FINISHED:
        factories.inquiry(db, execution=factories.execution(db, status=status, parent=parent, updated=NOON))
    running = factories.execution(db, status="running", parent=parent, updated=NOON)
    assert db.execution.delete_finished_before(before=NOON + timedelta(days=1), limit=100) == 6
    assert [(row.id, row.parent) for row in db.execution.list(limit=10)] == [(running.id, None)]
    assert db.execute("SELECT count(*) FROM attune.inquiry") == [(0,)]
