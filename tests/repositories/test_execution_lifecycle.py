"""Executions through their lifecycle: transition, claim, revert, cancel, reclaim, one top-level one per enforcement."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.test_execution import STATUSES, UNKNOWN

GIVING_UP = {"failed", "timeout", "abandoned"}
MAY_BECOME = {
    "requested": {"scheduling", "cancelled"} | GIVING_UP,
    "scheduling": {"scheduled", "requested", "cancelled"} | GIVING_UP,
    "scheduled": {"running", "requested", "cancelled"} | GIVING_UP,
    "running": {"completed", "canceling"} | GIVING_UP,
    "canceling": {"cancelled", "completed"} | GIVING_UP,
}


@pytest.mark.parametrize("from_status", STATUSES)
def test_transition_allows_what_the_lifecycle_allows(db: Database, from_status: str) -> None:
    for to_status in STATUSES:
        made = factories.execution(db, status=from_status)
        changed = db.execution.transition(id=made.id, from_status=from_status, to_status=to_status)
        [(allowed,)] = db.execute(
            "SELECT attune.execution_may_become(%s::attune.execution_status_enum, %s::attune.execution_status_enum)",
            from_status,
            to_status,
        )
        assert allowed == (to_status in MAY_BECOME.get(from_status, ())), to_status
        assert (changed is not None) == allowed, to_status
        assert db.execution.find_by_id(id=made.id).status == (to_status if allowed else from_status)


def test_transition_with_a_stale_status_changes_nothing(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo", status="running")
    assert db.execution.transition(id=made.id, from_status="scheduled", to_status="running") is None
    assert db.execution.transition(id=UNKNOWN, from_status="requested", to_status="scheduling") is None
    assert db.execution.find_by_id(id=made.id) == made


def test_transition_keeps_sets_and_clears_result_and_executor(db: Database) -> None:
    executor = factories.identity(db).id
    made = db.execution.create(action_ref="core.echo", status="running", result={"progress": 50}, executor=executor)
    step = {"id": made.id, "from_status": "running", "to_status": "canceling"}
    kept = db.execution.transition(**step)
    assert (kept.result, kept.executor) == ({"progress": 50}, executor)
    step = {"id": made.id, "from_status": "canceling", "to_status": "cancelled"}
    cleared = db.execution.transition(**step, result=None, executor=None)
    assert (cleared.result, cleared.executor) == (None, None)
    assert cleared.updated > kept.updated > made.updated


def test_transition_stores_a_json_null_as_a_result(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo", status="running")
    db.execution.transition(id=made.id, from_status="running", to_status="completed", result=Jsonb(None))
    assert db.execute("SELECT result::text FROM attune.execution WHERE id = %s", made.id) == [("null",)]


def test_transition_notes_the_first_start_only(db: Database) -> None:
    made = db.execution.create(action_ref="core.echo", status="scheduling")
    scheduled = db.execution.transition(id=made.id, from_status="scheduling", to_status="scheduled")
    assert scheduled.started_at is None
    running = db.execution.transition(id=made.id, from_status="scheduled", to_status="running")
    assert running.started_at >= made.created
    db.execution.update(id=made.id, status="scheduled")
    again = db.execution.transition(id=made.id, from_status="scheduled", to_status="running")
    assert again.started_at == running.started_at


def test_transition_refuses_a_status_that_does_not_exist(db: Database) -> None:
    made = factories.execution(db)
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        db.execution.transition(id=made.id, from_status="requested", to_status="canceled")


def queue(db: Database, *days: int, **columns: Any) -> list[int]:
    """Insert one execution for each day of January; return their ids in the same order."""
    return [factories.execution(db, created=f"2026-01-{day:02}", **columns).id for day in days]


def test_claim_takes_the_oldest_requested_first(db: Database) -> None:
    third, first, second, fourth = queue(db, 3, 1, 1, 4)
    queue(db, 1, status="scheduled")
    claimed = db.execution.claim(limit=3)
    assert [row.id for row in claimed] == [first, second, third]
    assert {row.status for row in claimed} == {"scheduling"}
    assert [row.id for row in db.execution.claim(limit=3)] == [fourth]
    assert db.execution.claim(limit=3) == []


@pytest.mark.parametrize("limit", [0, -1])
def test_claim_of_nothing_takes_nothing(db: Database, limit: int) -> None:
    queue(db, 1)
    assert db.execution.claim(limit=limit) == []


@pytest.mark.parametrize("operation", ["claim", "claim_by_id"])
def test_claim_sets_the_executor_when_given_and_keeps_it_otherwise(db: Database, operation: str) -> None:
    old, new = factories.identity(db).id, factories.identity(db).id
    for given, executor in (({}, old), ({"executor": None}, old), ({"executor": new}, new)):
        made = factories.execution(db, executor=old)
        if operation == "claim":
            [claimed] = db.execution.claim(limit=1, **given)
        else:
            claimed = db.execution.claim_by_id(id=made.id, **given)
        assert (claimed.id, claimed.status, claimed.executor) == (made.id, "scheduling", executor)


def test_claim_by_id_takes_only_a_requested_one(db: Database) -> None:
    for status in STATUSES:
        made = factories.execution(db, status=status)
        claimed = db.execution.claim_by_id(id=made.id)
        assert (claimed is not None) == (status == "requested")
    assert db.execution.claim_by_id(id=UNKNOWN) is None


def test_revert_to_requested_frees_what_has_not_started(db: Database) -> None:
    columns = {"worker": factories.worker(db), "executor": factories.identity(db)}
    for status in STATUSES:
        made = factories.execution(db, status=status, **columns)
        reverted = db.execution.revert_to_requested(id=made.id)
        if status in ("scheduling", "scheduled"):
            assert (reverted.status, reverted.worker, reverted.executor) == ("requested", None, None)
        else:
            assert reverted is None
    assert db.execution.revert_to_requested(id=UNKNOWN) is None


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ("requested", "cancelled"),
        ("scheduling", "cancelled"),
        ("scheduled", "cancelled"),
        ("running", "canceling"),
        ("canceling", "canceling"),
        ("completed", None),
        ("failed", None),
        ("cancelled", None),
        ("timeout", None),
        ("abandoned", None),
    ],
)
def test_cancel(db: Database, status: str, after: str | None) -> None:
    made = db.execution.create(action_ref="core.echo", status=status)
    changed = db.execution.cancel(id=made.id)
    assert (changed and changed.status) == after
    # An execution that never stops must not look alive for being asked again.
    assert (db.execution.find_by_id(id=made.id).updated > made.updated) == (after not in (None, status))


def test_cancel_not_found(db: Database) -> None:
    assert db.execution.cancel(id=UNKNOWN) is None


def ago(seconds: int) -> datetime:
    """Return the time so long before now."""
    return datetime.now(UTC) - timedelta(seconds=seconds)


def test_reclaim_stale_takes_the_stalest_first_and_refreshes_them(db: Database) -> None:
    made = [factories.execution(db, status="scheduling", updated=ago(seconds)) for seconds in (100, 300, 200, 10)]
    factories.execution(db, status="running", updated=ago(300))
    taken = db.execution.reclaim_stale(status="scheduling", older_than_seconds=60, limit=2)
    assert [row.id for row in taken] == [made[1].id, made[2].id]
    assert {row.status for row in taken} == {"scheduling"}
    rest = db.execution.reclaim_stale(status="scheduling", older_than_seconds=60.5, limit=10)
    assert [row.id for row in rest] == [made[0].id]
    assert db.execution.reclaim_stale(status="scheduling", older_than_seconds=60, limit=10) == []


@pytest.mark.parametrize(("status", "limit"), [("running", 0), ("running", -1), ("completed", 1)])
def test_reclaim_stale_takes_nothing(db: Database, status: str, limit: int) -> None:
    factories.execution(db, status=status, updated=ago(1000))
    assert db.execution.reclaim_stale(status=status, older_than_seconds=0, limit=limit) == []


def test_create_top_level_if_absent_adds_one_and_then_returns_it(db: Database) -> None:
    enforcement = factories.enforcement(db).id
    given = {"enforcement": enforcement, "action_ref": "core.echo", "config": {"a": 1}, "max_retries": 3}
    first = db.execution.create_top_level_if_absent(**given)
    assert {name: getattr(first, name) for name in given} == given
    assert (first.inserted, first.top_level, first.status, first.retry_count) == (True, True, "requested", 0)
    second = db.execution.create_top_level_if_absent(
        enforcement=enforcement, action_ref="core.other", config={"b": 2}, status="failed"
    )
    assert second == first._replace(inserted=False)
    assert db.execution.find_top_level_by_enforcement(enforcement=enforcement) == first[:-1]


def test_create_top_level_if_absent_takes_every_other_column(db: Database) -> None:
    action = factories.action(db)
    given = {
        "enforcement": factories.enforcement(db).id,
        "action": action.id,
        "action_ref": action.ref,
        "executor": factories.identity(db).id,
        "status": "running",
        "result": [1],
        "worker": factories.worker(db).id,
        "retry_count": 1,
        "retry_reason": "why",
    }
    made = db.execution.create_top_level_if_absent(**given)
    assert {name: getattr(made, name) for name in given} == given


@pytest.mark.parametrize(
    "arguments", [{}, {"enforcement": 1, "parent": 1}, {"enforcement": 1, "original_execution": 1}]
)
def test_create_top_level_if_absent_needs_an_enforcement_and_takes_no_parent(
    db: Database, arguments: dict[str, int]
) -> None:
    with pytest.raises(TypeError, match=r"execution\.create_top_level_if_absent"):
        db.execution.create_top_level_if_absent(action_ref="core.echo", **arguments)


def test_children_and_retries_are_not_the_top_level_execution(db: Database) -> None:
    enforcement = factories.enforcement(db).id
    top = db.execution.create_top_level_if_absent(enforcement=enforcement, action_ref="core.workflow")
    child = db.execution.create(action_ref="core.echo", enforcement=enforcement, parent=top.id)
    retry = db.execution.create(action_ref="core.workflow", enforcement=enforcement, original_execution=top.id)
    assert (child.top_level, retry.top_level) == (False, False)
    assert db.execution.find_top_level_by_enforcement(enforcement=enforcement).id == top.id
    # Neither takes its place once it is gone and they have lost their reference to it.
    assert db.execution.delete(id=top.id) == 1
    assert db.execution.find_top_level_by_enforcement(enforcement=enforcement) is None
    assert db.execution.create_top_level_if_absent(enforcement=enforcement, action_ref="core.workflow").inserted


def test_a_second_top_level_execution_of_an_enforcement_is_refused(db: Database) -> None:
    enforcement = factories.enforcement(db).id
    db.execution.create(action_ref="core.echo", enforcement=enforcement)
    with pytest.raises(psycopg.errors.UniqueViolation) as caught:
        db.execution.create(action_ref="core.echo", enforcement=enforcement)
    assert caught.value.diag.constraint_name == "execution_enforcement_top_level_key"
