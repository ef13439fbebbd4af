"""Mistakes, one on each line; the comment on it is what mypy and what pyright call it."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection, Connection

from attune_sql import queries
from attune_sql.aio import queries as twins
from attune_sql.generated.rows import Execution
from tests.generate.golden import sync


def use(*values: object) -> None: ...


def parameters(conn: Connection[Any], other: AsyncConnection[Any], made: sync.Queries) -> None:
    queries.execution.find_by_id(conn, ident=1)  # E: call-arg | reportCallIssue
    queries.execution.find_by_id(conn)  # E: call-arg | reportCallIssue
    queries.execution.find_by_id(conn, id=1, ref="a")  # E: call-arg | reportCallIssue
    queries.execution.find_by_id(conn, 1)  # E: call-arg | reportCallIssue
    queries.execution.find_by_id(id=1)  # E: call-arg | reportCallIssue
    queries.execution.find_by_id(conn, id="1")  # E: arg-type | reportArgumentType
    queries.execution.find_by_id(conn, id=None)  # E: arg-type | reportArgumentType
    queries.execution.find_by_id(other, id=1)  # E: arg-type | reportArgumentType
    queries.execution.list_by_status(conn, status="runing", limit=1)  # E: arg-type | reportArgumentType
    queries.execution.update(conn, id=1, given=["status"])  # E: call-arg | reportCallIssue
    queries.execution.create(conn, action_ref="a", config=object())  # E: arg-type | reportArgumentType
    queries.execution.count_by_status(conn, since="today")  # E: arg-type | reportArgumentType
    queries.pack.list_by_refs(conn, refs="core")  # E: arg-type | reportArgumentType
    queries.pack.list_by_refs(conn, refs=[1])  # E: list-item | reportArgumentType
    made.booking.list(conn, states=["opne"])  # E: list-item | reportArgumentType
    made.booking.add_many(conn, [{"id": 1}])  # E: typeddict-item | reportArgumentType
    made.booking.create(conn, ref="a", note={"txt": "b"})  # E: arg-type | reportArgumentType


def results(conn: Connection[Any]) -> None:
    use(queries.execution.find_by_id(conn, id=1).status)  # E: union-attr | reportOptionalMemberAccess
    row = queries.execution.create(conn, action_ref="a")
    use(row.state)  # E: attr-defined | reportAttributeAccessIssue
    row.status = "failed"  # E: misc | reportAttributeAccessIssue
    use(row.status == "done")  # E: comparison-overlap | reportUnnecessaryComparison
    executor: int = row.executor  # E: assignment | reportAssignmentType
    use(row.config.get("url"))  # E: union-attr | reportAttributeAccessIssue, reportOptionalMemberAccess
    use(queries.execution.list(conn, limit=executor).id)  # E: attr-defined | reportAttributeAccessIssue
    use(queries.execution.delete(conn, id=1).id)  # E: attr-defined | reportAttributeAccessIssue
    queries.executions.find_by_id(conn, id=1)  # E: attr-defined | reportAttributeAccessIssue
    queries.execution.find_by_ref(conn, ref="a")  # E: attr-defined | reportAttributeAccessIssue
    for each in queries.execution.list_cursor(conn, limit=1):  # E: attr-defined | reportGeneralTypeIssues
        use(each)


async def asynchronous(conn: AsyncConnection[Any], other: Connection[Any]) -> Execution | None:
    await queries.execution.find_by_id(other, id=1)  # E: misc | reportGeneralTypeIssues
    use(twins.execution.create(conn, action_ref="a").status)  # E: attr-defined | reportAttributeAccessIssue
    twins.execution.delete(conn, id=1)  # E: unused-coroutine | reportUnusedCoroutine
    await twins.execution.find_by_id(other, id=1)  # E: arg-type | reportArgumentType
    use((await twins.execution.find_by_id(conn, id=1)).status)  # E: union-attr | reportOptionalMemberAccess
    with twins.execution.list_cursor(conn, limit=1) as cursor:  # E: attr-defined | reportGeneralTypeIssues
        use(cursor)
    return twins.execution.find_by_id(conn, id=1)  # E: return-value | reportReturnType
