"""Operations and a migrated database → what the pages tell: the only module of this room that asks PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

from attune_sql.errors import AttuneSqlError
from attune_sql.reference.description import Argument, Column, Described, Field, Lifecycle, Repository, Table
from attune_sql.runtime.loader import Queries, load
from attune_sql.source.operation import GIVEN, Operation, Operator

_NO_MODIFIER = -1


def ask(conn: Connection[Any], operations: Iterable[Operation]) -> list[Repository]:
    """Describe the operations on a migrated database, by repository; both in alphabetical order.

    Nothing is executed and nothing stays behind: each query is prepared (PostgreSQL manual, "Extended Query") with an
    empty search path. Raises AttuneSqlError at the place in the file that PostgreSQL rejects.
    """
    ordered = sorted(operations, key=lambda each: (_repository(each), each.name))
    with conn.transaction():
        _catalogue().set_empty_search_path(conn)
        return [_ask_repository(conn, name, list(group)) for name, group in groupby(ordered, key=_repository)]


@cache
def _catalogue() -> Queries:
    return load(Path(__file__).parent / "sql")


def _repository(operation: Operation) -> str:
    if not operation.namespace:
        raise AttuneSqlError(
            f"{operation.name} belongs to no repository",
            location=operation.header,
            help="move the file into the folder of its repository",
            rule="reference",
        )
    return ".".join(operation.namespace)


def _ask_repository(conn: Connection[Any], name: str, operations: list[Operation]) -> Repository:
    table = _ask_table(conn, name)
    described = tuple(_ask_operation(conn, each) for each in operations)
    return Repository(name, table, described, _ask_lifecycle(conn, table) if name == "execution" and table else None)


def _ask_table(conn: Connection[Any], name: str) -> Table | None:
    found = _catalogue().find_table(conn, name=name)
    if found is None:
        return None
    return Table(found.comment, tuple(_column(row) for row in _catalogue().list_columns(conn, table_name=name)))


def _column(row: Any) -> Column:
    filled_by = "identity" if row.is_identity else "generated" if row.is_generated else None
    default = None if filled_by else row.expression
    return Column(row.name, row.type, row.required, default, filled_by, row.comment)


def _ask_lifecycle(conn: Connection[Any], table: Table) -> Lifecycle:
    rows = _catalogue().list_execution_changes(conn)
    statuses = tuple(dict.fromkeys(row.from_status for row in rows))
    default = next((each.default or "" for each in table.columns if each.name == "status"), "")
    first = next((each for each in statuses if default.startswith(f"'{each}'::")), None)
    return Lifecycle(statuses, first, tuple((row.from_status, row.to_status) for row in rows if row.allowed))


def _ask_operation(conn: Connection[Any], operation: Operation) -> Described:
    if operation.operator is Operator.SCRIPT:
        # Several statements, which cannot be prepared as one; they have no arguments and return no rows.
        return Described(operation, (), ())
    result = _prepared(conn, operation)
    count = len(operation.arguments)
    names = _type_names(
        conn,
        [(result.param_type(index), _NO_MODIFIER) for index in range(count)]
        + [(result.ftype(index), result.fmod(index)) for index in range(result.nfields)],
    )
    inferred = dict(zip(operation.arguments, names, strict=False))
    arguments = tuple(
        Argument(each.name, each.cast or inferred[each.name], each.optional)
        for each in operation.parameters
        if each.name != GIVEN
    )
    fields = tuple(map(Field, _field_names(result, conn.info.encoding), names[count:]))
    return Described(operation, arguments, fields)


def _prepared(conn: Connection[Any], operation: Operation) -> PGresult:
    result = conn.pgconn.prepare(b"", operation.sql.encode(conn.info.encoding))
    if result.status == ExecStatus.COMMAND_OK:
        result = conn.pgconn.describe_prepared(b"")
    if result.status != ExecStatus.COMMAND_OK:
        raise _rejected(operation, result, conn.info.encoding)
    return result


def _rejected(operation: Operation, result: PGresult, encoding: str) -> AttuneSqlError:
    def said(field: DiagnosticField) -> str | None:
        value = result.error_field(field)
        return value.decode(encoding, "replace") if value else None

    position = said(DiagnosticField.STATEMENT_POSITION)
    reason = said(DiagnosticField.MESSAGE_PRIMARY) or "the connection was lost"
    return AttuneSqlError(
        f"PostgreSQL rejects {operation.full_name}: {reason}",
        location=operation.locate(int(position)) if position else operation.header,
        help=said(DiagnosticField.MESSAGE_HINT),
        rule="query",
    )


def _field_names(result: PGresult, encoding: str) -> Iterator[str]:
    for index in range(result.nfields):
        yield (result.fname(index) or b"").decode(encoding)


def _type_names(conn: Connection[Any], types: list[tuple[int, int]]) -> list[str]:
    oids, modifiers = [oid for oid, _ in types], [modifier for _, modifier in types]
    return [row.name for row in _catalogue().list_type_names(conn, oids=oids, modifiers=modifiers)]
