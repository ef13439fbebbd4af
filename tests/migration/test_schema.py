"""The catalogue of the migrated schema: names, comments, enum labels, indexes, foreign keys, functions and triggers."""

from __future__ import annotations

from typing import Any, LiteralString, NamedTuple

import psycopg

Conn = psycopg.Connection[Any]

ENUMS = {
    "artifact_retention_enum": "versions days hours minutes",
    "artifact_type_enum": "file_binary file_datatable file_image file_text other progress url",
    "enforcement_condition_enum": "any all",
    "enforcement_status_enum": "created processed disabled",
    "execution_status_enum": (
        "requested scheduling scheduled running completed failed canceling cancelled timeout abandoned"
    ),
    "inquiry_status_enum": "pending responded timeout cancelled",
    "notification_status_enum": "created queued processing error",
    "owner_type_enum": "system identity pack action sensor",
    "policy_method_enum": "cancel enqueue",
    "work_queue_batch_mode_enum": "single batch",
    "work_queue_item_status_enum": "queued leased retry completed failed skipped cancelled",
    "work_queue_update_strategy_enum": "immutable replace merge_patch",
    "worker_status_enum": "active inactive busy error",
    "worker_type_enum": "local remote container",
}

DELETE_RULES = {
    "a": "action.runtime key.owner_identity key.owner_pack",
    "c": """
        action.pack action.workflow_def artifact_version.artifact inquiry.execution key.owner_action key.owner_sensor
        permission_assignment.identity permission_assignment.permset permission_set.pack policy.action policy.pack
        queue_stats.action_id rule.pack runtime.pack sensor.pack sensor.runtime sensor.trigger trigger.pack
        work_queue_item.queue workflow_definition.pack workflow_execution.execution workflow_execution.workflow_def
        workflow_task_execution.execution workflow_task_execution.workflow_execution
    """,
    "n": """
        enforcement.event enforcement.rule event.rule event.source event.trigger execution.action execution.enforcement
        execution.executor execution.original_execution execution.parent execution.worker inquiry.assigned_to
        rule.action rule.trigger work_queue.dispatch_action work_queue.pack work_queue_item.requested_by_identity
        worker.runtime
    """,
}
"""Foreign-key columns by what a deletion of the other row does: nothing but fail, delete too, set to NULL."""


def rows(conn: Conn, query: LiteralString) -> list[Any]:
    return conn.execute(query).fetchall()


def test_everything_is_in_the_schema_attune(conn: Conn) -> None:
    elsewhere = """
        SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname NOT IN ('attune', 'pg_catalog', 'information_schema', 'pg_toast')
        UNION ALL
        SELECT 'extension', extname FROM pg_extension WHERE extname <> 'plpgsql'
    """
    assert rows(conn, elsewhere) == []


def test_every_table_and_column_has_a_comment(conn: Conn) -> None:
    bare = """
        SELECT relname, attname
        FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
        WHERE relnamespace = 'attune'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
            AND coalesce(col_description(attrelid, attnum), '') = ''
        UNION ALL
        SELECT relname, NULL
        FROM pg_class
        WHERE relnamespace = 'attune'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
            AND coalesce(obj_description(oid, 'pg_class'), '') = ''
    """
    assert rows(conn, bare) == []


def test_enum_labels(conn: Conn) -> None:
    labels = """
        SELECT typname, string_agg(enumlabel, ' ' ORDER BY enumsortorder)
        FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
        WHERE typnamespace = 'attune'::regnamespace GROUP BY typname
    """
    assert dict(rows(conn, labels)) == ENUMS


def test_constraints_are_named_by_table_columns_and_kind(conn: Conn) -> None:
    constraints = """
        SELECT relname, conname, contype::text, array(
            SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS at (num, place)
            JOIN pg_attribute ON attrelid = conrelid AND attnum = num ORDER BY place
        )
        FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        WHERE connamespace = 'attune'::regnamespace AND contype IN ('p', 'u', 'f', 'c')
    """
    misnamed = []
    for table, name, kind, columns in rows(conn, constraints):
        ending = {"u": "key", "f": "fkey"}.get(kind, "")
        wanted = f"{table}_pkey" if kind == "p" else "_".join([table, *columns, ending])
        short = name.startswith(f"{table}_") and name.endswith("_check" if kind == "c" else f"_{ending}")
        # A check says what it is about; a name that PostgreSQL would cut off at 63 bytes is shortened by hand.
        if name != wanted and not (short and (kind == "c" or len(wanted) > 63)):
            misnamed.append((name, wanted))
    assert misnamed == []


class Index(NamedTuple):
    """An index: its columns, the same with all that tells them apart, and the predicate, None for all rows."""

    table: str
    name: str
    unique: bool
    columns: list[str]
    parts: list[str]
    where: str | None


def indexes(conn: Conn) -> list[Index]:
    found = """
        SELECT pg_class.relname, indexrelid::regclass::text, indisunique,
            array_agg(pg_get_indexdef(indexrelid, n, true) ORDER BY n),
            array_agg(concat_ws(' ', pg_get_indexdef(indexrelid, n, true), indclass[n - 1], indcollation[n - 1],
                indoption[n - 1]) ORDER BY n),
            pg_get_expr(indpred, indrelid)
        FROM pg_index JOIN pg_class ON pg_class.oid = indrelid, generate_series(1, indnkeyatts) AS n
        WHERE relnamespace = 'attune'::regnamespace
        GROUP BY relname, indexrelid, indisunique, indpred, indrelid ORDER BY 1, 2
    """
    conn.execute("SET LOCAL search_path = attune")
    return [Index(*row) for row in rows(conn, found)]


def test_indexes_are_named_by_table_and_columns(conn: Conn) -> None:
    misnamed = []
    for index in indexes(conn):
        wanted = "_".join([index.table, *index.columns, "key" if index.unique else "idx"])
        # A partial index may be named for its rows, a long name is shortened; a primary key is a constraint.
        free = index.name.startswith(f"{index.table}_") and index.name.endswith("_key" if index.unique else "_idx")
        if index.name not in (wanted, f"{index.table}_pkey") and not (free and (index.where or len(wanted) > 63)):
            misnamed.append((index.name, wanted))
    assert misnamed == []


def test_no_index_repeats_or_begins_another(conn: Conn) -> None:
    found = indexes(conn)
    redundant = [
        (short.name, long.name)
        for short in found
        for long in found
        if short is not long and short.table == long.table and short.where == long.where
        if long.parts[: len(short.parts)] == short.parts
        if not short.unique or len(short.parts) == len(long.parts)
    ]
    assert redundant == []


def test_every_foreign_key_column_leads_an_index(conn: Conn) -> None:
    leading = {
        (index.table, index.columns[0])
        for index in indexes(conn)
        if index.where in (None, f"({index.columns[0]} IS NOT NULL)")
    }
    keys = """
        SELECT relname, attname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND connamespace = 'attune'::regnamespace
    """
    assert set(rows(conn, keys)) - leading == set()


def test_a_heartbeat_touches_no_index(conn: Conn) -> None:
    indexed = {column for index in indexes(conn) if index.table == "worker" for column in index.columns}
    assert indexed & {"last_heartbeat", "updated"} == set()


def test_foreign_keys_and_what_a_deletion_does(conn: Conn) -> None:
    keys = """
        SELECT confdeltype::text, array_agg(relname || '.' || attname)
        FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
        WHERE contype = 'f' AND connamespace = 'attune'::regnamespace GROUP BY 1
    """
    found = {rule: sorted(columns) for rule, columns in rows(conn, keys)}
    assert found == {rule: sorted(columns.split()) for rule, columns in DELETE_RULES.items()}


def test_functions_bind_their_names_when_made_or_are_trigger_functions(conn: Conn) -> None:
    # The bodies of trigger functions are run without a search path below.
    loose = """
        SELECT proname FROM pg_proc
        WHERE pronamespace = 'attune'::regnamespace AND prosqlbody IS NULL AND prorettype <> 'trigger'::regtype
    """
    assert rows(conn, loose) == []


def test_every_updated_column_has_a_trigger_that_compares_all_columns(conn: Conn) -> None:
    triggers = """
        SELECT relname, coalesce(pg_get_triggerdef(pg_trigger.oid), ''), array(
            SELECT attname::text FROM pg_attribute AS at
            WHERE at.attrelid = pg_class.oid AND at.attnum > 0 AND NOT attisdropped AND attgenerated = ''
        )
        FROM pg_class JOIN pg_attribute AS updated ON updated.attrelid = pg_class.oid AND updated.attname = 'updated'
        LEFT JOIN pg_trigger ON tgrelid = pg_class.oid AND tgname = relname || '_updated'
        WHERE relnamespace = 'attune'::regnamespace AND relkind = 'r'
    """
    for table, definition, columns in rows(conn, triggers):
        whole = "(old.* IS DISTINCT FROM new.*)" in definition
        assert whole or all(f"old.{name} IS DISTINCT FROM new.{name}" in definition for name in columns), table
