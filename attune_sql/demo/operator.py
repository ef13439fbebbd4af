"""The person at the other end: answers inquiries, and takes back what a broken-off run left unfinished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg

from attune_sql import queries
from attune_sql.demo.actions import Outcome
from attune_sql.demo.evidence import FINISHED
from attune_sql.demo.flow import Flow
from attune_sql.demo.messages import Kind
from attune_sql.demo.pack_store import StoredPack
from attune_sql.demo.payloads import Payloads
from attune_sql.demo.performing import Performer


class Operator:
    """Acts as one identity on one connection; `endings` counts the executions that it brought to their end."""

    def __init__(self, conn: psycopg.Connection[Any], id: int, pack: StoredPack, payloads: Payloads) -> None:
        self.endings: Counter[int] = Counter()
        self._conn = conn
        self._id = id
        self._payloads = payloads
        self._performer = Performer(conn, pack.actions, self._report, id)

    def pending(self) -> list[Any]:
        """Return the inquiries that wait for an answer."""
        return list(queries.inquiry.list_by_assignee(self._conn, assigned_to=self._id, status="pending"))

    def answer_all(self) -> Iterator[tuple[str, Any]]:
        """Answer every pending inquiry and end its execution; yield prompt and answer."""
        for inquiry in self.pending():
            schema = inquiry.response_schema or {}
            examples = self._payloads.examples(schema)
            response = examples[0] if examples else self._payloads.make(schema)
            if queries.inquiry.respond(self._conn, id=inquiry.id, response=response) is None:
                continue
            execution = queries.execution.find_by_id(self._conn, id=inquiry.execution)
            if execution is not None:
                self._performer.end(execution, Outcome("completed", {"response": response}))
            yield inquiry.prompt, response

    def _report(self, kind: Kind, ids: tuple[int, ...]) -> None:
        if kind == "ended":
            self.endings.update(ids)


def take_back(flow: Flow, operator: int) -> int:
    """Cancel the inquiries and executions of a run that are not finished, so that no real worker takes them.

    Returns how many executions that were.
    """
    conn, cancelled = flow.conn, 0
    for inquiry in queries.inquiry.list_by_assignee(conn, assigned_to=operator, status="pending"):
        queries.inquiry.cancel(conn, id=inquiry.id)
    for execution in flow.stored_executions():
        if execution.status in FINISHED:
            continue
        if (row := queries.execution.cancel(conn, id=execution.id)) is None:
            continue
        if row.status == "canceling":
            queries.execution.transition(conn, id=row.id, from_status="canceling", to_status="cancelled")
        cancelled += 1
    return cancelled
