"""The example of docs/typing.md."""

from typing import Any

from psycopg import Connection

from attune_sql import queries


def retry(conn: Connection[Any], id: int) -> int:
    failed = queries.execution.find_by_id(conn, id=id)
    again = queries.execution.create(conn, action_ref=failed.action_ref, status="requestd")
    queries.execution.update(conn, id=again.id, retry_count=None)
    queries.pack.list_by_refs(conn, refs="core")
    return again.executor
