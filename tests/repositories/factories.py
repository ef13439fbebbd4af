"""Rows for tests, by plain INSERT, so that the tests of one repository need no other repository's operations.

Each function takes `db` and columns: whatever is left out gets a plain value, and the rows that it refers to are made.
A reference is given as a row (`action=action(db)`, which fills `action_ref` too) or as an id. What comes back has the
`id` and the columns that were written; json columns are given as dicts or wrapped in `Jsonb`.
"""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

import attune_sql
from tests.fix_repositories import Database

_numbers = count(1)


def unique(stem: str) -> str:
    """Return a name that no other row of this process has, such as `pack_7`."""
    return f"{stem}_{next(_numbers)}"


def pack(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a pack."""
    return _insert(db, "pack", {"ref": unique("pack"), "label": "A pack", "version": "1.0.0", **columns})


def runtime(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a runtime, by default of no pack."""
    defaults = {"ref": f"core.{unique('runtime')}", "name": "A runtime", "distributions": {}}
    return _insert(db, "runtime", {**defaults, **columns}, refs=("pack",))


def worker(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a worker, by default local and of no runtime."""
    return _insert(db, "worker", {"name": unique("worker"), "worker_type": "local", **columns})


def identity(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an identity."""
    return _insert(db, "identity", {"login": unique("login"), **columns})


def permission_set(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a permission set, by default of no pack."""
    return _insert(db, "permission_set", {"ref": f"core.{unique('permset')}", **columns}, refs=("pack",))


def action(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an action, in a pack of its own unless `pack` is given."""
    defaults = {
        "ref": f"core.{unique('action')}",
        "pack": columns.get("pack") or pack(db),
        "label": "An action",
        "description": "Does it",
        "entrypoint": "run.py",
    }
    return _insert(db, "action", {**defaults, **columns}, refs=("pack",))


def policy(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a policy, by default global."""
    defaults = {"ref": f"core.{unique('policy')}", "method": "cancel", "threshold": 1, "name": "A policy"}
    return _insert(db, "policy", {**defaults, **columns}, refs=("pack", "action"))


def trigger(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a trigger, by default of no pack."""
    return _insert(db, "trigger", {"ref": f"core.{unique('trigger')}", "label": "A trigger", **columns}, refs=("pack",))


def sensor(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an enabled sensor, with a runtime and a trigger of its own unless they are given."""
    defaults = {
        "ref": f"core.{unique('sensor')}",
        "label": "A sensor",
        "description": "Watches",
        "entrypoint": "watch.py",
        "enabled": True,
        "runtime": columns.get("runtime") or runtime(db),
        "trigger": columns.get("trigger") or trigger(db),
    }
    return _insert(db, "sensor", {**defaults, **columns}, refs=("pack", "runtime", "trigger"))


def rule(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an enabled rule, with a pack, an action and a trigger of its own unless they are given."""
    owner = columns.get("pack") or pack(db)
    defaults = {
        "ref": f"core.{unique('rule')}",
        "pack": owner,
        "label": "A rule",
        "description": "Connects",
        "action": columns["action"] if "action" in columns else action(db, pack=owner),
        "trigger": columns["trigger"] if "trigger" in columns else trigger(db),
        "enabled": True,
    }
    return _insert(db, "rule", {**defaults, **columns}, refs=("pack", "action", "trigger"))


def event(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an event, by default of `core.timer` and of no trigger row."""
    made = _link(columns, ("trigger", "source", "rule"))
    return _insert(db, "event", {"trigger_ref": "core.timer", **made})


def enforcement(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an enforcement, by default of no rule row and no event."""
    made = _link(columns, ("rule",))
    return _insert(db, "enforcement", {"rule_ref": "core.rule", "trigger_ref": "core.timer", "payload": {}, **made})


def execution(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a requested execution, by default of `core.echo` and of no action row."""
    return _insert(db, "execution", {"action_ref": "core.echo", **_link(columns, ("action",))})


def inquiry(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a pending inquiry, of an execution of its own unless `execution` is given."""
    asker = columns.get("execution") or execution(db)
    return _insert(db, "inquiry", {"prompt": "Go on?", **columns, "execution": asker})


def key(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a key, by default of the system."""
    defaults = {"ref": unique("key"), "owner_type": "system", "name": unique("name"), "encrypted": False, "value": "v"}
    return _insert(db, "key", {**defaults, **columns}, refs=("owner_pack", "owner_action", "owner_sensor"))


def notification(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a notification."""
    defaults = {"channel": "attune", "entity_type": "execution", "entity": "1", "activity": "created"}
    return _insert(db, "notification", {**defaults, **columns})


def artifact(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a text artifact of the system."""
    return _insert(db, "artifact", {"ref": unique("artifact"), "type": "file_text", **columns})


def workflow_definition(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a workflow definition, in a pack of its own unless `pack` is given."""
    defaults: dict[str, Any] = {
        "ref": f"core.{unique('workflow')}",
        "pack": columns.get("pack") or pack(db),
        "label": "A workflow",
        "version": "1.0.0",
        "definition": {},
    }
    return _insert(db, "workflow_definition", {**defaults, **columns}, refs=("pack",))


def workflow_execution(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert a workflow run, with an execution and a definition of its own unless they are given."""
    defaults: dict[str, Any] = {
        "execution": columns.get("execution") or execution(db),
        "workflow_def": columns.get("workflow_def") or workflow_definition(db),
        "task_graph": {},
    }
    return _insert(db, "workflow_execution", {**defaults, **columns})


def work_queue(db: Database, **columns: Any) -> SimpleNamespace:
    """Insert an enabled work queue of no pack."""
    defaults: dict[str, Any] = {"ref": unique("queue"), "label": "A queue", "dispatch_action_ref": "core.echo"}
    return _insert(db, "work_queue", {**defaults, **_link(columns, ("pack", "dispatch_action"))})


def _link(columns: dict[str, Any], refs: tuple[str, ...]) -> dict[str, Any]:
    """Replace rows by their ids; those named in `refs` fill `<column>_ref` too."""
    linked: dict[str, Any] = {}
    for name, value in columns.items():
        linked[name] = getattr(value, "id", value)
        if name in refs and hasattr(value, "ref"):
            linked.setdefault(f"{name}_ref", value.ref)
    return linked


def _insert(db: Database, table: str, columns: dict[str, Any], refs: tuple[str, ...] = ()) -> SimpleNamespace:
    values = _link(columns, refs)
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        sql.Identifier("attune", table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join([sql.Placeholder()] * len(values)),
    )
    wrapped = [Jsonb(value) if isinstance(value, dict) else value for value in values.values()]
    [(id,)] = db.execute(statement.as_string(None), *wrapped)
    return SimpleNamespace(**{**values, "id": id})


def database(conn: psycopg.Connection[Any]) -> Database:
    """Wrap a connection of the test's own, so that the functions above serve it as they serve `db`."""
    return Database(attune_sql.queries, conn, None)
