"""Workflow runs: one per execution however many callers race, pause and resume, the row lock, the summary."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once, impatient

UNKNOWN = 2**40


def _required(db: Database) -> dict[str, Any]:
    return {
        "execution": factories.execution(db).id,
        "workflow_def": factories.workflow_definition(db).id,
        "task_graph": {"first": ["second"]},
    }


def _ids(rows: list[Any]) -> list[int]:
    return [row.id for row in rows]


@pytest.mark.parametrize("operation", ["create", "create_if_absent"])
def test_create_takes_what_is_required_and_defaults_the_rest(db: Database, operation: str) -> None:
    given = _required(db)
    made = getattr(db.workflow_execution, operation)(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert (made.current_tasks, made.completed_tasks, made.failed_tasks, made.skipped_tasks) == ([], [], [], [])
    assert (made.variables, made.status, made.error_message) == ({}, "requested", None)
    assert (made.paused, made.pause_reason) == (False, None)
    assert made.created == made.updated


@pytest.mark.parametrize("operation", ["create", "create_if_absent"])
def test_create_keeps_every_column(db: Database, operation: str) -> None:
    given = {**_required(db), "variables": {"a": 1}, "status": "running"}
    made = getattr(db.workflow_execution, operation)(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.workflow_execution.find_by_id(id=made.id) == made[:15]


@pytest.mark.parametrize("operation", ["create", "create_if_absent"])
@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"execution": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"workflow_def": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"task_graph": None}, psycopg.errors.NotNullViolation),
        ({"variables": None}, psycopg.errors.NotNullViolation),
        ({"status": "lost"}, psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_create_refuses(db: Database, operation: str, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error):
        getattr(db.workflow_execution, operation)(**{**_required(db), **change})


def test_create_refuses_a_second_run_of_an_execution(db: Database) -> None:
    given = _required(db)
    db.workflow_execution.create(**given)
    with pytest.raises(psycopg.errors.UniqueViolation):
        db.workflow_execution.create(**given)


def test_create_if_absent_leaves_the_run_that_is_there_as_it_is(db: Database) -> None:
    given = _required(db)
    first = db.workflow_execution.create_if_absent(**given)
    again = db.workflow_execution.create_if_absent(
        **{**given, "task_graph": {}, "workflow_def": factories.workflow_definition(db).id}, variables={"b": 2}
    )
    assert first.inserted is True
    assert again == first._replace(inserted=False)
    assert db.workflow_execution.find_by_execution(execution=given["execution"]) == first[:-1]


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.workflow_execution.find_by_id(id=UNKNOWN) is None
    assert db.workflow_execution.find_by_execution(execution=UNKNOWN) is None
    assert db.workflow_execution.update(id=UNKNOWN) is None
    assert db.workflow_execution.update(id=UNKNOWN, paused=True) is None
    assert db.workflow_execution.pause(id=UNKNOWN) is None
    assert db.workflow_execution.resume(id=UNKNOWN) is None
    assert db.workflow_execution.lock(id=UNKNOWN) is None
    assert db.workflow_execution.summary(id=UNKNOWN) is None
    assert db.workflow_execution.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"current_tasks": ["a", "b"], "completed_tasks": [], "failed_tasks": ["c"], "skipped_tasks": ["d"]},
        {"variables": {"only": "this"}},
        {"status": "completed"},
        {"error_message": None},
        {"pause_reason": None},
        {"paused": False},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    made = db.workflow_execution.create(**_required(db), variables={"a": 1})
    before = db.workflow_execution.update(id=made.id, paused=True, pause_reason="why", error_message="what")
    assert (before.paused, before.pause_reason, before.error_message) == (True, "why", "what")
    after = db.workflow_execution.update(id=made.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.workflow_execution.create(**_required(db))
    assert db.workflow_execution.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.workflow_execution WHERE id = %s", before.id) == [("0",)]


def test_update_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    made = factories.workflow_execution(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.workflow_execution.update(id=made.id, current_tasks=None)


def test_delete_removes_the_run_and_leaves_the_execution(db: Database) -> None:
    given = _required(db)
    made = db.workflow_execution.create(**given)
    assert db.workflow_execution.delete(id=made.id) == 1
    assert db.workflow_execution.delete(id=made.id) == 0
    assert db.execute("SELECT count(*) FROM attune.execution WHERE id = %s", given["execution"]) == [(1,)]


def test_a_deleted_execution_takes_its_run_along(db: Database) -> None:
    given = _required(db)
    made = db.workflow_execution.create(**given)
    db.execute("DELETE FROM attune.execution WHERE id = %s", given["execution"])
    assert db.workflow_execution.find_by_id(id=made.id) is None


@pytest.mark.parametrize(("operation", "filters"), [("list", {}), ("list_by_status", {"status": "requested"})])
def test_pages_are_newest_first_complete_and_disjoint_when_times_tie(
    db: Database, operation: str, filters: dict[str, str]
) -> None:
    page_of = getattr(db.workflow_execution, operation)
    definition = factories.workflow_definition(db)
    newest_first = [factories.workflow_execution(db, workflow_def=definition).id for _ in range(7)][::-1]
    page = seen = page_of(limit=3, **filters)
    while page:
        page = page_of(limit=3, after_created=page[-1].created, after_id=page[-1].id, **filters)
        seen = seen + page
    assert _ids(seen) == newest_first
    assert page_of(limit=0, **filters) == []


@pytest.mark.parametrize(("operation", "filters"), [("list", {}), ("list_by_status", {"status": "running"})])
def test_half_a_page_key_is_a_type_error(db: Database, operation: str, filters: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="after_id"):
        getattr(db.workflow_execution, operation)(limit=1, after_id=1, **filters)


def test_lists_filter_and_are_newest_first(db: Database) -> None:
    one, other = factories.workflow_definition(db), factories.workflow_definition(db)
    first = factories.workflow_execution(db, workflow_def=one, paused=True).id
    second = factories.workflow_execution(db, workflow_def=one, status="running").id
    third = factories.workflow_execution(db, workflow_def=other, paused=True, status="running").id
    assert _ids(db.workflow_execution.list_by_status(status="running", limit=9)) == [third, second]
    assert _ids(db.workflow_execution.list_by_status(status="failed", limit=9)) == []
    assert _ids(db.workflow_execution.list_paused()) == [third, first]
    assert _ids(db.workflow_execution.list_by_workflow_def(workflow_def=one.id)) == [second, first]
    assert _ids(db.workflow_execution.list_by_workflow_def(workflow_def=UNKNOWN)) == []


def test_pause_keeps_the_reason_unless_one_is_given_and_resume_clears_it(db: Database) -> None:
    made = db.workflow_execution.create(**_required(db))
    steps: list[tuple[str, dict[str, Any], bool, str | None]] = [
        ("pause", {}, True, None),
        ("pause", {"reason": "lunch"}, True, "lunch"),
        ("pause", {}, True, "lunch"),
        ("pause", {"reason": "night"}, True, "night"),
        ("pause", {"reason": None}, True, None),
        ("pause", {"reason": "lunch"}, True, "lunch"),
        ("resume", {}, False, None),
        ("resume", {}, False, None),
        ("pause", {"reason": "again"}, True, "again"),
    ]
    before = made
    for operation, arguments, paused, reason in steps:
        after = getattr(db.workflow_execution, operation)(id=made.id, **arguments)
        assert (after.paused, after.pause_reason) == (paused, reason)
        assert after == made._replace(paused=paused, pause_reason=reason, updated=after.updated)
        assert after.updated > before.updated
        before = after


def test_a_new_pause_without_a_reason_takes_over_none_from_before(db: Database) -> None:
    made = factories.workflow_execution(db, paused=False, pause_reason="left over")
    assert db.workflow_execution.pause(id=made.id).pause_reason is None


def test_summary_counts_the_tasks_and_names_the_workflow(db: Database) -> None:
    definition = factories.workflow_definition(db, ref="core.deploy", label="Deploy", version="2.1")
    made = factories.workflow_execution(db, workflow_def=definition)
    row = db.workflow_execution.summary(id=made.id)
    counts = ("current_task_count", "completed_task_count", "failed_task_count", "skipped_task_count")
    assert [getattr(row, name) for name in counts] == [0, 0, 0, 0]
    assert (row.workflow_ref, row.workflow_label, row.workflow_version) == ("core.deploy", "Deploy", "2.1")
    run = db.workflow_execution.update(
        id=made.id,
        current_tasks=["a"],
        completed_tasks=["b", "c"],
        failed_tasks=["d", "e", "f"],
        skipped_tasks=[],
        error_message="d failed",
        status="failed",
    )
    row = db.workflow_execution.summary(id=made.id)
    assert [getattr(row, name) for name in counts] == [1, 2, 3, 0]
    shared = ("id", "execution", "status", "paused", "error_message", "created", "updated")
    assert [getattr(row, name) for name in shared] == [getattr(run, name) for name in shared]
    assert row._fields == (
        *("id", "execution", "workflow_ref", "workflow_label", "workflow_version", "status", "paused"),
        *counts,
        *("error_message", "created", "updated"),
    )


def test_lock_returns_the_run(db: Database) -> None:
    made = db.workflow_execution.create(**_required(db))
    assert db.workflow_execution.lock(id=made.id) == made


def test_lock_lets_read_and_change_of_many_at_once_lose_nothing(clone_dsn: str) -> None:
    runs = attune_sql.queries.workflow_execution
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        id = factories.workflow_execution(factories.database(conn)).id

    def finish_a_task(conn: psycopg.Connection[Any], number: int) -> None:
        for turn in range(3):
            run = runs.lock(conn, id=id)
            assert run is not None
            runs.update(conn, id=id, completed_tasks=[*run.completed_tasks, f"{number}.{turn}"])
            conn.commit()

    at_once(clone_dsn, 12, finish_a_task, autocommit=False)
    with attune_sql.connect(clone_dsn) as conn:
        ended = runs.find_by_id(conn, id=id)
    assert ended is not None
    assert len(set(ended.completed_tasks)) == 36


def test_create_if_absent_by_many_at_once_makes_one_and_every_caller_gets_it(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        given = [_required(factories.database(conn)) for _ in range(5)]

    def create(conn: psycopg.Connection[Any], number: int) -> list[Any]:
        order = given if number % 2 else given[::-1]
        create_if_absent = attune_sql.queries.workflow_execution.create_if_absent
        return sorted(create_if_absent(conn, **each, variables={"by": number}) for each in order)

    for rows in zip(*at_once(clone_dsn, 24, create), strict=True):
        assert sum(row.inserted for row in rows) == 1
        assert len({str(row[:-1]) for row in rows}) == 1


def test_create_if_absent_adds_the_run_when_the_other_caller_rolls_back(clone_dsn: str) -> None:
    runs = attune_sql.queries.workflow_execution
    with impatient(clone_dsn, autocommit=False) as first, impatient(clone_dsn) as second:
        given = _required(factories.database(second))
        assert runs.create_if_absent(first, **given).inserted is True
        first.rollback()
        assert runs.create_if_absent(second, **given).inserted is True
        assert runs.create_if_absent(first, **given).inserted is False
