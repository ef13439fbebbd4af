"""Storing packs: whole or not at all, and the same however often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import attune_sql
from attune_sql import queries
from attune_sql.bundled import folder
from attune_sql.demo.failure import DemoError
from attune_sql.demo.pack_file import read_pack
from attune_sql.demo.pack_store import StoredPack, store
from tests.demo.packs import FILES, SENSOR, WORKFLOW, changed, write_pack

KINDS = ("runtime", "trigger", "sensor", "action", "rule", "workflow_definition")


@pytest.fixture
def db(clone_dsn: str) -> Any:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        yield conn


def refs(conn: psycopg.Connection[Any]) -> dict[str, dict[str, int]]:
    return {kind: {row.ref: row.id for row in getattr(queries, kind).list(conn)} for kind in KINDS}


def load(conn: psycopg.Connection[Any], path: Path, changes: dict[str, str | bytes | None] | None = None) -> StoredPack:
    return store(conn, read_pack(write_pack(path, changes)))


def test_loading_twice_changes_nothing(db: psycopg.Connection[Any]) -> None:
    pack = read_pack(folder("examples") / "packs" / "site_watch")
    first, rows = store(db, pack), refs(db)
    assert store(db, pack) == first
    assert refs(db) == rows
    assert {kind: len(found) for kind, found in rows.items()} == {
        "runtime": 1,
        "trigger": 3,
        "sensor": 2,
        "action": 4,
        "rule": 4,
        "workflow_definition": 1,
    }


def test_a_changed_file_changes_its_row(db: psycopg.Connection[Any], tmp_path: Path) -> None:
    load(db, tmp_path, {"sensors/clock.yaml": SENSOR})
    before = refs(db)
    load(
        db,
        tmp_path,
        {
            **changed("rules/always.yaml", "label: Always", "label: Ever\nenabled: false"),
            "rules/second.yaml": FILES["rules/always.yaml"].replace("tiny.always", "tiny.second"),
        },
    )
    rule = queries.rule.find_by_ref(db, ref="tiny.always")
    assert rule is not None
    assert (rule.id, rule.label, rule.enabled) == (before["rule"]["tiny.always"], "Ever", False)
    second = queries.rule.find_by_ref(db, ref="tiny.second")
    assert second is not None
    assert second.enabled


def test_a_rule_and_a_sensor_that_point_elsewhere_are_replaced(db: psycopg.Connection[Any], tmp_path: Path) -> None:
    load(db, tmp_path, {"sensors/clock.yaml": SENSOR})
    other = FILES["triggers/tick.yaml"].replace("tiny.tick", "tiny.tock")
    load(
        db,
        tmp_path,
        {
            "triggers/tock.yaml": other,
            "sensors/clock.yaml": SENSOR.replace("tiny.tick", "tiny.tock"),
            **changed("rules/always.yaml", "tiny.tick", "tiny.tock"),
        },
    )
    tock = queries.trigger.find_by_ref(db, ref="tiny.tock")
    assert tock is not None
    for repository in (queries.rule, queries.sensor):
        [row] = repository.list(db)
        assert (row.trigger, row.trigger_ref) == (tock.id, "tiny.tock")


def test_what_vanished_from_the_files_is_deleted(db: psycopg.Connection[Any], tmp_path: Path) -> None:
    load(
        db,
        tmp_path,
        {
            "actions/flow.yaml": WORKFLOW,
            "sensors/clock.yaml": SENSOR,
            "triggers/tock.yaml": FILES["triggers/tick.yaml"].replace("tiny.tick", "tiny.tock"),
        },
    )
    load(db, tmp_path, {"actions/flow.yaml": None, "sensors/clock.yaml": None, "triggers/tock.yaml": None})
    assert {kind: list(found) for kind, found in refs(db).items()} == {
        "runtime": ["tiny.builtin"],
        "trigger": ["tiny.tick"],
        "sensor": [],
        "action": ["tiny.sum"],
        "rule": ["tiny.always"],
        "workflow_definition": [],
    }


def test_a_workflow_may_become_a_plain_action(db: psycopg.Connection[Any], tmp_path: Path) -> None:
    flow = load(db, tmp_path, {"actions/flow.yaml": WORKFLOW}).actions["tiny.flow"]
    stored = queries.action.find_by_id(db, id=flow.id)
    assert stored is not None
    assert stored.workflow_def == flow.workflow_def is not None
    plain = WORKFLOW.partition("tasks:")[0].replace("workflow", "statistics")
    assert load(db, tmp_path, {"actions/flow.yaml": plain}).actions["tiny.flow"].id == flow.id
    stored = queries.action.find_by_id(db, id=flow.id)
    assert stored is not None
    assert stored.workflow_def is None
    assert queries.workflow_definition.list(db) == []


def test_rows_of_somebody_else_are_refused_and_nothing_is_stored(db: psycopg.Connection[Any], tmp_path: Path) -> None:
    mine = queries.trigger.create(db, ref="tiny.tick", label="Mine")
    with pytest.raises(DemoError, match=r"tiny\.tick is in this database already, and is not of the pack tiny"):
        load(db, tmp_path)
    assert queries.pack.count(db) == 0
    assert queries.trigger.find_by_id(db, id=mine.id) == mine
