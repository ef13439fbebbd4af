"""What the migrated schema does: checks, generated columns, `updated`, delete rules and the execution lifecycle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.fix_repositories import Database
from tests.repositories import factories

Conn = psycopg.Connection[Any]

# From each row to each column, both in the order of the enum.
LIFECYCLE = """
requested  . x . . . x . x x x
scheduling x . x . . x . x x x
scheduled  x . . x . x . x x x
running    . . . . x x x . x x
completed  . . . . . . . . . .
failed     . . . . . . . . . .
canceling  . . . . x x . x x x
cancelled  . . . . . . . . . .
timeout    . . . . . . . . . .
abandoned  . . . . . . . . . .
"""

TWO_PARTS = ["core.echo", "a.b", "9.-", "my_pack-2.do_it"]
THREE_PARTS = ["core.action.python"]
ONE_PART = ["ab", "core", "a-b_9"]
NEVER = ["", ".", "a.", ".b", "a..b", "a.b.c.d.", "Core.echo", "core.Echo", "a b.c", "a.b\n", "\na.b", "a.\tb"]
NEVER += ["é.b", "а.b", "a.b\u200b", "a.b\x01", "a/b", "a.b*", "a.b\u0661"]

CHECKS: list[tuple[str, str, Sequence[object], Sequence[object]]] = [
    ("pack", "ref", ONE_PART, [*NEVER, *TWO_PARTS, "a", "9a", "_a", "-a"]),
    ("runtime", "ref", [*TWO_PARTS, *THREE_PARTS], [*NEVER, *ONE_PART, "a.b.c.d"]),
    ("permission_set", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("workflow_definition", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("action", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("policy", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("trigger", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("sensor", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("rule", "ref", TWO_PARTS, [*NEVER, *ONE_PART, *THREE_PARTS]),
    ("key", "ref", [*ONE_PART, *TWO_PARTS, "9"], [*NEVER, *THREE_PARTS]),
    ("work_queue", "ref", [*ONE_PART, *THREE_PARTS, "a", "a.b.c.d"], [*NEVER, "9.b", "-a.b"]),
    (
        "pack",
        "version",
        ["0.0.0", "1.2.30", "1.2.3-rc.1", "1.2.3--", "1.2.3+b.5", "1.2.3-rc.1+b.5"],
        ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-", "1.2.3+", "1.2.3-a..b", "1.2.3\n", "1.2.\u0663"],
    ),
    ("worker", "port", [None, 1, 65535], [-1, 0, 65536]),
    ("policy", "threshold", [1, 2**31 - 1], [-1, 0]),
    ("notification", "channel", ["a", "x" * 63, "Any text"], ["", "x" * 64, "é" * 32]),
]

CHANGES = {
    "action": "label",
    "artifact": "owner",
    "artifact_version": None,
    "enforcement": "rule_ref",
    "event": "source_ref",
    "execution": "retry_reason",
    "identity": "display_name",
    "inquiry": "prompt",
    "key": "value",
    "notification": "activity",
    "pack": "label",
    "permission_assignment": None,
    "permission_set": "label",
    "policy": "name",
    "queue_stats": None,
    "rule": "label",
    "runtime": "name",
    "sensor": "label",
    "trigger": "label",
    "work_queue": "label",
    "work_queue_item": "enqueue_source",
    "worker": "host",
    "workflow_definition": "label",
    "workflow_execution": "error_message",
    "workflow_task_execution": "task_name",
}
"""Every table, and a text column to change in it where the table has `updated`."""


@pytest.fixture
def db(conn: Conn) -> Database:
    """What the factories take; the transaction is open, so that a nested one is a savepoint."""
    conn.execute("SELECT")
    return factories.database(conn)


def make(db: Database, table: str, **columns: Any) -> int:
    """Insert a row with whatever it refers to, and return its primary key."""
    if hasattr(factories, table):
        return int(getattr(factories, table)(db, **columns).id)
    rest: dict[str, Any]
    match table:
        case "permission_assignment":
            rest = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id}
        case "artifact_version":
            rest = {"artifact": factories.artifact(db).id, "version": 1}
        case "queue_stats":
            rest = {"action_id": factories.action(db).id}
        case "workflow_task_execution":
            run = factories.workflow_execution(db)
            rest = {"workflow_execution": run.id, "execution": factories.execution(db).id, "task_name": "t"}
        case "work_queue_item":
            queue = factories.work_queue(db)
            rest = {"queue": queue.id, "queue_ref": queue.ref, "payload": "{}", "enqueue_source": "test"}
        case _:
            raise AssertionError(f"no factory makes a row of {table}")
    values = {**rest, **columns}
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING {}").format(
        sql.Identifier("attune", table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        sql.Identifier(primary_key(table)),
    )
    [(id,)] = db.execute(insert.as_string(None), *values.values())
    return int(id)


def primary_key(table: str) -> str:
    return "action_id" if table == "queue_stats" else "id"


def test_the_tables_here_are_all_tables(db: Database) -> None:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'attune' AND tablename <> 'schema_migration'"
    assert {table for (table,) in db.execute(query)} == set(CHANGES)


@pytest.mark.parametrize("table", CHANGES)
def test_migrations_ship_no_data(db: Database, table: str) -> None:
    assert db.execute(f"SELECT count(*) FROM attune.{table}") == [(0,)]


@pytest.mark.parametrize(("table", "column", "accepted", "refused"), CHECKS)
def test_checks(db: Database, table: str, column: str, accepted: Sequence[object], refused: Sequence[object]) -> None:
    def refusal(value: object) -> str | None:
        try:
            with db.conn.transaction():
                make(db, table, **{column: value})
        except psycopg.errors.CheckViolation as error:
            return error.diag.constraint_name
        return None

    check = f"{table}_{column}_check"
    expected = [(value, None) for value in accepted] + [(value, check) for value in refused]
    assert [(value, refusal(value)) for value in [*accepted, *refused]] == expected


@pytest.mark.parametrize("owner_type", ["system", "identity", "pack", "action", "sensor"])
def test_a_key_has_the_one_owner_that_its_owner_type_names(db: Database, owner_type: str) -> None:
    kinds = ["identity", "pack", "action", "sensor"]
    owners = {kind: make(db, kind) for kind in kinds}
    right = {owner_type} & set(kinds)
    for filled in (set(some) for count in range(5) for some in combinations(kinds, count)):
        columns = {f"owner_{kind}": owners[kind] for kind in filled}
        if filled == right:
            id = make(db, "key", owner_type=owner_type, **columns)
            owner = str(owners[owner_type]) if right else "system"
            assert db.execute("SELECT owner FROM attune.key WHERE id = %s", id) == [(owner,)]
        else:
            with pytest.raises(psycopg.errors.CheckViolation, match="key_owner_check"), db.conn.transaction():
                make(db, "key", owner_type=owner_type, **columns)


def test_the_owner_of_a_key_and_is_workflow_of_an_action_cannot_be_written(db: Database) -> None:
    for table, column in [("key", "owner"), ("action", "is_workflow")]:
        with pytest.raises(psycopg.errors.GeneratedAlways), db.conn.transaction():
            make(db, table, **{column: True})


def test_an_action_with_a_workflow_definition_is_a_workflow(db: Database) -> None:
    linked = make(db, "action", workflow_def=make(db, "workflow_definition"))
    query = "SELECT is_workflow FROM attune.action WHERE id = %s"
    assert db.execute(query, linked) == [(True,)]
    assert db.execute(query, make(db, "action")) == [(False,)]


@pytest.mark.parametrize("table", CHANGES)
def test_every_table_is_written_without_a_search_path(db: Database, table: str) -> None:
    db.execute("SET LOCAL search_path = ''")
    key, column = primary_key(table), CHANGES[table] or "created"
    id = make(db, table)
    if CHANGES[table]:
        db.execute(f"UPDATE attune.{table} SET {column} = 'changed' WHERE {key} = %s", id)
    assert db.execute(f"DELETE FROM attune.{table} WHERE {key} = %s RETURNING {key}", id) == [(id,)]


@pytest.mark.parametrize("table", [table for table, column in CHANGES.items() if column])
def test_updated_moves_on_a_change_within_the_transaction_and_only_then(db: Database, table: str) -> None:
    column, id = CHANGES[table], make(db, table)
    update = f"UPDATE attune.{table} SET {column} = %s WHERE id = %s RETURNING updated > created, updated = created"
    same = f"UPDATE attune.{table} SET {column} = {column} WHERE id = %s RETURNING updated = created, updated"
    assert db.execute(same, id)[0][0] is True
    assert db.execute(update, "changed", id) == [(True, False)]
    [(_, moved)] = db.execute(same, id)
    assert db.execute(same, id) == [(False, moved)]


def test_the_whole_flow_needs_no_search_path(db: Database) -> None:
    db.execute("SET LOCAL search_path = ''")
    rule, sensor = factories.rule(db), factories.sensor(db)
    event = factories.event(db, trigger=sensor.trigger, source=sensor, rule=rule)
    enforcement = factories.enforcement(db, rule=rule, event=event)
    identity, worker = factories.identity(db), factories.worker(db)
    links = {"enforcement": enforcement, "executor": identity, "worker": worker}
    parent = factories.execution(db, action=factories.action(db), **links)
    retry = factories.execution(db, original_execution=parent, **links)
    inquiry = factories.inquiry(db, execution=retry, assigned_to=identity)
    db.execute("UPDATE attune.enforcement SET status = 'processed'")
    db.execute("UPDATE attune.execution SET status = 'running'")
    db.execute("UPDATE attune.inquiry SET status = 'responded' WHERE id = %s", inquiry.id)
    for table in ("execution", "enforcement", "event", "rule", "sensor", "worker", "identity"):
        db.execute(f"DELETE FROM attune.{table}")
    assert db.execute("SELECT count(*) FROM attune.inquiry") == [(0,)]


def test_deleting_a_parent_whose_children_share_its_enforcement_leaves_the_children(db: Database) -> None:
    enforcement = factories.enforcement(db)
    parent = factories.execution(db, enforcement=enforcement)
    children = [factories.execution(db, enforcement=enforcement, parent=parent).id for _ in range(3)]
    retry = factories.execution(db, enforcement=enforcement, original_execution=parent).id
    db.execute("DELETE FROM attune.execution WHERE id = %s", parent.id)
    left = db.execute("SELECT id, parent, original_execution, enforcement FROM attune.execution ORDER BY id")
    assert left == [(id, None, None, enforcement.id) for id in [*children, retry]]


def test_an_enforcement_has_one_top_level_execution_and_a_rule_and_event_one_enforcement(db: Database) -> None:
    rule, event = factories.rule(db), factories.event(db)
    enforcement = factories.enforcement(db, rule=rule, event=event)
    factories.execution(db, enforcement=enforcement)
    with pytest.raises(psycopg.errors.UniqueViolation), db.conn.transaction():
        factories.execution(db, enforcement=enforcement)
    with pytest.raises(psycopg.errors.UniqueViolation), db.conn.transaction():
        factories.enforcement(db, rule=rule, event=event)
    factories.enforcement(db, rule=rule)
    factories.enforcement(db, event=event)


def test_deleting_a_pack_deletes_its_components_though_they_use_each_other(db: Database) -> None:
    pack = factories.pack(db)
    runtime, trigger = factories.runtime(db, pack=pack), factories.trigger(db, pack=pack)
    action = factories.action(db, pack=pack, runtime=runtime, workflow_def=factories.workflow_definition(db, pack=pack))
    sensor = factories.sensor(db, pack=pack, runtime=runtime, trigger=trigger)
    foreign = factories.rule(db, action=action, trigger=trigger)
    factories.rule(db, pack=pack, action=action, trigger=trigger)
    factories.key(db, owner_type="action", owner_action=action)
    factories.key(db, owner_type="sensor", owner_sensor=sensor)
    execution = factories.execution(db, action=action)
    db.execute("DELETE FROM attune.pack WHERE id = %s", pack.id)
    assert db.execute("SELECT id, action, trigger, action_ref FROM attune.rule") == [
        (foreign.id, None, None, action.ref)
    ]
    assert db.execute("SELECT id, action FROM attune.execution") == [(execution.id, None)]
    for table in ("runtime", "trigger", "sensor", "workflow_definition", "key"):
        assert db.execute(f"SELECT count(*) FROM attune.{table}") == [(0,)], table


@pytest.mark.parametrize("owner", ["identity", "pack"])
def test_an_identity_or_a_pack_that_owns_a_key_cannot_be_deleted(db: Database, owner: str) -> None:
    id = make(db, owner)
    make(db, "key", owner_type=owner, **{f"owner_{owner}": id})
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.execute(f"DELETE FROM attune.{owner} WHERE id = %s", id)


def test_a_runtime_that_an_action_of_another_pack_uses_cannot_be_deleted(db: Database) -> None:
    runtime = factories.runtime(db)
    factories.action(db, runtime=runtime)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.execute("DELETE FROM attune.runtime WHERE id = %s", runtime.id)


def test_the_execution_lifecycle(db: Database) -> None:
    lifecycle = {status: marks for status, *marks in map(str.split, LIFECYCLE.strip().splitlines())}
    db.execute("SET LOCAL search_path = ''")
    found = db.execute("""
        SELECT
            source,
            array_agg(CASE WHEN attune.execution_may_become(source, target) THEN 'x' ELSE '.' END ORDER BY target),
            attune.execution_is_finished(source)
        FROM unnest(enum_range(NULL::attune.execution_status_enum)) AS source
        CROSS JOIN unnest(enum_range(NULL::attune.execution_status_enum)) AS target
        GROUP BY source ORDER BY source
    """)
    assert [(source, marks) for source, marks, _ in found] == list(lifecycle.items())
    assert {source for source, marks, finished in found if finished} == {
        source for source, marks in lifecycle.items() if "x" not in marks
    }
