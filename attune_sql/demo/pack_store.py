"""A validated pack → its rows in the database, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import msgspec
import psycopg

from attune_sql import queries
from attune_sql.demo.failure import DemoError
from attune_sql.demo.pack_values import Action, Pack, Rule, Runner, Sensor, Task, Trigger

MARK = "attune-sql demo"


@dataclass(frozen=True, slots=True)
class StoredAction:
    """An action as a worker needs it; `workflow_def` is the id of its definition, or None."""

    id: int
    ref: str
    runner: Runner
    output: Mapping[str, Any]
    tasks: tuple[Task, ...]
    workflow_def: int | None


@dataclass(frozen=True, slots=True)
class StoredTrigger:
    """An enabled trigger; `source` is the id and ref of a sensor that feeds it, where there is one."""

    id: int
    ref: str
    output: Mapping[str, Any]
    source: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class StoredPack:
    """The rows of a pack, by what the demo asks of them; actions by ref, triggers in order of ref."""

    id: int
    ref: str
    runtime: int
    actions: Mapping[str, StoredAction]
    triggers: tuple[StoredTrigger, ...]


def store(conn: psycopg.Connection[Any], pack: Pack) -> StoredPack:
    """Write a pack whole or not at all: what is new is added, what is there changed, what has vanished deleted.

    Raises DemoError when rows of the same names belong to somebody else.
    """
    with conn.transaction():
        return _Writer(conn, pack).write()


def task_names(rows: Sequence[Any], pack: StoredPack) -> dict[int, str]:
    """Name the task of each execution in `rows` that has its parent there: children are in the order of their tasks."""
    names: dict[int, str] = {}
    for parent in rows:
        children = [row for row in rows if row.parent == parent.id]
        for child, task in zip(children, pack.actions[parent.action_ref].tasks, strict=False):
            names[child.id] = task.name
    return names


class _HeadColumns(TypedDict):
    label: str
    version: str
    description: str | None
    conf_schema: dict[str, Any]
    config: dict[str, Any]
    meta: dict[str, Any]
    tags: list[str]
    runtime_deps: list[str]


class _Writer:
    def __init__(self, conn: psycopg.Connection[Any], pack: Pack) -> None:
        self._conn = conn
        self._pack = pack
        self._ref = pack.head.ref

    def write(self) -> StoredPack:
        self._id = self._write_head()
        self._owner = {"pack": self._id, "pack_ref": self._ref}
        self._runtime_ref = f"{self._ref}.builtin"
        self._runtime = self._upsert(
            queries.runtime, self._runtime_ref, {"name": "Built-in runners", "distributions": {}}
        ).id
        self._triggers = {each.ref: self._write_trigger(each) for each in self._pack.triggers}
        actions = {each.ref: self._write_action(each) for each in self._pack.actions}
        sensors = {each.ref: self._write_sensor(each) for each in self._pack.sensors}
        for rule in self._pack.rules:
            self._write_rule(rule, actions[rule.action])
        self._delete_vanished()
        feeding = {each.trigger: (sensors[each.ref], each.ref) for each in self._pack.sensors if each.enabled}
        triggers = tuple(
            StoredTrigger(self._triggers[each.ref], each.ref, each.output, feeding.get(each.ref))
            for each in sorted(self._pack.triggers, key=lambda each: each.ref)
            if each.enabled
        )
        return StoredPack(self._id, self._ref, self._runtime, actions, triggers)

    def _write_head(self) -> int:
        head = self._pack.head
        columns: _HeadColumns = {
            "label": head.label,
            "version": head.version,
            "description": head.description,
            "conf_schema": head.conf_schema,
            "config": head.config,
            # By this mark a later run knows the pack for its own, and does not overwrite one that is in use.
            "meta": {**head.meta, "loaded_by": MARK},
            "tags": head.tags,
            "runtime_deps": head.runtime_deps,
        }
        found = queries.pack.find_by_ref(self._conn, ref=head.ref)
        if found is None:
            return queries.pack.create(self._conn, ref=head.ref, **columns).id
        if not isinstance(found.meta, dict) or found.meta.get("loaded_by") != MARK:
            raise DemoError(
                f"this database has a pack {head.ref} that the demo did not load, and will not overwrite",
                help="use another database, or another --pack",
            )
        queries.pack.update(self._conn, id=found.id, **columns)
        return found.id

    def _write_trigger(self, trigger: Trigger) -> int:
        return int(
            self._upsert(
                queries.trigger,
                trigger.ref,
                {
                    "label": trigger.label,
                    "description": trigger.description,
                    "enabled": trigger.enabled,
                    "param_schema": trigger.parameters,
                    "out_schema": trigger.output,
                },
            ).id
        )

    def _write_action(self, action: Action) -> StoredAction:
        described = {
            "label": action.label,
            "description": action.description,
            "param_schema": action.parameters,
            "out_schema": action.output,
        }
        row = self._upsert(
            queries.action, action.ref, {**described, "entrypoint": action.runner_type, "runtime": self._runtime}
        )
        workflow = None
        if action.tasks:
            definition = {"tasks": msgspec.to_builtins(action.tasks)}
            workflow = self._upsert(
                queries.workflow_definition,
                action.ref,
                {**described, "version": self._pack.head.version, "definition": definition},
            ).id
        if row.workflow_def != workflow:
            queries.action.link_workflow_def(self._conn, id=row.id, workflow_def=workflow)
        return StoredAction(row.id, action.ref, action.runner_type, action.output, tuple(action.tasks), workflow)

    def _write_sensor(self, sensor: Sensor) -> int:
        return int(
            self._upsert(
                queries.sensor,
                sensor.ref,
                {
                    "label": sensor.label,
                    "description": sensor.description,
                    "entrypoint": sensor.entry_point,
                    "enabled": sensor.enabled,
                    "param_schema": sensor.parameters,
                },
                fixed={
                    "runtime": self._runtime,
                    "runtime_ref": self._runtime_ref,
                    "trigger": self._triggers[sensor.trigger],
                    "trigger_ref": sensor.trigger,
                    "config": sensor.config,
                },
            ).id
        )

    def _write_rule(self, rule: Rule, action: StoredAction) -> None:
        self._upsert(
            queries.rule,
            rule.ref,
            {
                "label": rule.label,
                "description": rule.description,
                "enabled": rule.enabled,
                "conditions": msgspec.to_builtins(rule.conditions),
                "action_params": rule.action_params,
                "trigger_params": rule.trigger_params,
            },
            fixed={
                "action": action.id,
                "action_ref": action.ref,
                "trigger": self._triggers[rule.trigger],
                "trigger_ref": rule.trigger,
            },
        )

    def _upsert(
        self, repository: Any, ref: str, columns: Mapping[str, Any], fixed: Mapping[str, Any] | None = None
    ) -> Any:
        """Create or update a row; one whose `fixed` columns differ, which no update changes, is replaced."""
        fixed = fixed or {}
        found = repository.find_by_ref(self._conn, ref=ref)
        if found is not None and found.pack != self._id:
            raise DemoError(
                f"{ref} is in this database already, and is not of the pack {self._ref} that the demo loads",
                help="use another database, or another --pack",
            )
        if found is not None and any(getattr(found, name) != value for name, value in fixed.items()):
            repository.delete(self._conn, id=found.id)
            found = None
        if found is None:
            return repository.create(self._conn, ref=ref, **self._owner, **columns, **fixed)
        return repository.update(self._conn, id=found.id, **columns)

    def _delete_vanished(self) -> None:
        def kept(parts: tuple[Any, ...]) -> list[str]:
            return [part.ref for part in parts]

        for repository, refs in (
            (queries.rule, kept(self._pack.rules)),
            (queries.sensor, kept(self._pack.sensors)),
            (queries.action, kept(self._pack.actions)),
            (queries.trigger, kept(self._pack.triggers)),
            (queries.runtime, [self._runtime_ref]),
        ):
            repository.delete_by_pack_excluding(self._conn, pack=self._id, refs=refs)
        workflows = {action.ref for action in self._pack.actions if action.tasks}
        for definition in queries.workflow_definition.list_by_pack(self._conn, pack=self._id):
            if definition.ref not in workflows:
                queries.workflow_definition.delete(self._conn, id=definition.id)
