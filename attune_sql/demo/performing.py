"""Carries claimed executions through their lifecycle: everything between a claim and an end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import psycopg

from attune_sql import queries
from attune_sql.demo.actions import RUNNERS, Outcome
from attune_sql.demo.evidence import FINISHED
from attune_sql.demo.messages import Kind
from attune_sql.demo.pack_store import StoredAction
from attune_sql.demo.templates import TemplateError, render
from attune_sql.generated.rows import Execution, ExecutionStatus


class Performer:
    """Runs executions on one connection in autocommit; reports each creation, run and end as it happens."""

    def __init__(
        self,
        conn: psycopg.Connection[Any],
        actions: Mapping[str, StoredAction],
        report: Callable[[Kind, tuple[int, ...]], None],
        operator: int,
    ) -> None:
        self._conn = conn
        self._actions = actions
        self._report = report
        self._operator = operator

    def perform(self, execution: Execution) -> None:
        """Run a claimed execution: to its end, or, for a workflow or an inquiry, until others have to act."""
        action = self._actions[execution.action_ref]
        if not (
            self._move(execution.id, "scheduling", "scheduled") and self._move(execution.id, "scheduled", "running")
        ):
            return
        self._report("run", (execution.id,))
        parameters = execution.config if isinstance(execution.config, dict) else {}
        match action.runner:
            case "workflow" if action.workflow_def is not None:
                self._start_tasks(execution, action, action.workflow_def, parameters)
            case "inquiry":
                queries.inquiry.create(
                    self._conn,
                    execution=execution.id,
                    prompt=str(parameters.get("prompt", action.ref)),
                    response_schema=action.output,
                    assigned_to=self._operator,
                )
            case runner:
                self.end(execution, RUNNERS[runner](parameters))

    def end(self, execution: Execution, outcome: Outcome) -> None:
        """End a running execution, and its parent when that was the last of its children."""
        ended = queries.execution.transition(
            self._conn, id=execution.id, from_status="running", to_status=outcome.status, result=outcome.result
        )
        if ended is None:
            return
        self._report("ended", (execution.id,))
        if execution.parent is not None:
            self._end_parent(execution.parent)

    def _start_tasks(
        self, execution: Execution, action: StoredAction, workflow: int, parameters: Mapping[str, Any]
    ) -> None:
        try:
            inputs = [render(task.input, {"parameters": parameters}) for task in action.tasks]
        except TemplateError as error:
            self.end(execution, Outcome("failed", {"error": error.message}))
            return
        rows = [
            {
                "action": self._actions[task.action].id,
                "action_ref": task.action,
                "config": config,
                "parent": execution.id,
                "enforcement": execution.enforcement,
            }
            for task, config in zip(action.tasks, inputs, strict=True)
        ]
        # In one transaction, so that whoever ends the first child sees all its siblings.
        with self._conn.transaction():
            queries.workflow_execution.create_if_absent(
                self._conn,
                execution=execution.id,
                workflow_def=workflow,
                task_graph={"tasks": [task.name for task in action.tasks]},
                status="running",
            )
            children = queries.execution.create_many(self._conn, rows=rows)
        self._report("created", tuple(child.id for child in children))

    def _end_parent(self, parent: int) -> None:
        # Looked at after the child's end was committed: of two workers that end the last two children at the same
        # time, at least the later one sees both ended, and of several that do only one can move the parent on.
        children = queries.execution.list_by_parent(self._conn, parent=parent)
        if any(child.status not in FINISHED for child in children):
            return
        row = queries.execution.find_by_id(self._conn, id=parent)
        if row is None or row.status != "running":
            return
        tasks = [task.name for task in self._actions[row.action_ref].tasks]
        statuses = dict(zip(tasks, (child.status for child in children), strict=True))
        completed = [name for name, status in statuses.items() if status == "completed"]
        failed = [name for name in tasks if name not in completed]
        status: Literal["completed", "failed"] = "failed" if failed else "completed"
        run = queries.workflow_execution.find_by_execution(self._conn, execution=parent)
        if run is not None:
            # Before the end, which nobody may see with tasks still open; a second worker here writes the same.
            queries.workflow_execution.update(
                self._conn, id=run.id, status=status, completed_tasks=completed, failed_tasks=failed
            )
        self.end(row, Outcome(status, {"tasks": statuses}))

    def _move(self, id: int, old: ExecutionStatus, new: ExecutionStatus) -> bool:
        return queries.execution.transition(self._conn, id=id, from_status=old, to_status=new) is not None
