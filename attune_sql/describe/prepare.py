"""Operation → what PREPARE tells of it: oids, names, origins. Nothing is executed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from attune_sql.describe.refusal import Refusal
from attune_sql.describe.rejection import SYNTAX_ERROR, UNKNOWN_NAME, UNTYPED, RejectedError
from attune_sql.describe.types import types
from attune_sql.describe.unqualified import meant
from attune_sql.describe.untyped import Uses, advice
from attune_sql.runtime.loader import Queries, load
from attune_sql.source.operation import Operation, Operator

_SAVEPOINT = "attune_sql_describe"


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column as RowDescription tells it; `table_oid` and `number` are 0 for what is not a stored column."""

    name: str
    type_oid: int
    table_oid: int
    number: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What PREPARE tells: a type oid for each of the operation's `arguments`, and the columns of the result."""

    operation: Operation
    parameter_oids: tuple[int, ...]
    columns: tuple[RawColumn, ...]


@contextmanager
def empty_search_path(conn: Connection[Any]) -> Iterator[None]:
    """Open a transaction (or savepoint) without a search path; it is rolled back at the end."""
    with conn.transaction(force_rollback=True):
        _queries().type_set_empty_search_path(conn)
        yield


@contextmanager
def preparing(conn: Connection[Any]) -> Iterator[None]:
    """Open a savepoint that `prepare` goes back to when PostgreSQL refuses, and that undoes nothing else."""
    conn.execute(f"SAVEPOINT {_SAVEPOINT}")
    yield
    conn.execute(f"RELEASE SAVEPOINT {_SAVEPOINT}")


@cache
def _queries() -> Queries:
    return load(Path(__file__).parent / "sql" / "type_set_empty_search_path.sql")


def prepare(conn: Connection[Any], operation: Operation) -> Prepared:
    """Prepare one operation inside `preparing`; raises RejectedError for what PostgreSQL refuses.

    A script of several statements cannot be prepared: only its syntax is checked, and it has no columns. Source:
    PostgreSQL manual, "Extended Query", and libpq's PQprepare and PQdescribePrepared.
    """
    _refuse_nul(operation)
    result = _prepared(conn, operation.sql)
    if isinstance(result, Refusal):
        if _is_script(operation, result):
            return Prepared(operation, (), ())
        raise _rejected(conn, operation, result)
    return Prepared(
        operation,
        tuple(result.param_type(index) for index in range(len(operation.arguments))),
        tuple(_column(result, index, conn.info.encoding) for index in range(result.nfields)),
    )


def _refuse_nul(operation: Operation) -> None:
    # libpq would take the text up to there for the whole query.
    position = operation.sql.find("\0") + 1
    if position:
        raise RejectedError(
            operation,
            "a NUL character stands in the query",
            location=operation.locate(position),
            help="remove it",
            sqlstate="22021",
        )


def _prepared(conn: Connection[Any], sql: str) -> PGresult | Refusal:
    encoding = conn.info.encoding
    result = conn.pgconn.prepare(b"", sql.encode(encoding))
    if result.status == ExecStatus.COMMAND_OK:
        result = conn.pgconn.describe_prepared(b"")
    if result.status == ExecStatus.COMMAND_OK:
        return result
    refusal = Refusal(result, encoding)
    conn.execute(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
    return refusal


def _is_script(operation: Operation, refusal: Refusal) -> bool:
    """Tell whether only the number of statements was refused: the server says so after parsing, at no position."""
    return operation.operator is Operator.SCRIPT and refusal.sqlstate == SYNTAX_ERROR and refusal.position is None


def _column(result: PGresult, index: int, encoding: str) -> RawColumn:
    name = (result.fname(index) or b"").decode(encoding)
    return RawColumn(name, result.ftype(index), result.ftable(index), result.ftablecol(index))


def _rejected(conn: Connection[Any], operation: Operation, refusal: Refusal) -> RejectedError:
    if refusal.sqlstate in UNKNOWN_NAME:
        return refusal.error(operation, help=_with_schema(conn, operation, refusal))
    if refusal.sqlstate not in UNTYPED or refusal.parameter is None:
        return refusal.error(operation)
    uses = Uses.of(operation)
    oids = _oids_by_use(conn, uses)
    named = types(conn, oids.values())
    position, help = advice(uses, refusal.parameter, {use: named[oid].name for use, oid in oids.items()})
    return refusal.error(operation, position=position, help=help)


def _with_schema(conn: Connection[Any], operation: Operation, refusal: Refusal) -> str | None:
    """Advise to write a name with its schema, where PostgreSQL then takes it; None where it does not."""
    mends = [each.name for each in meant(conn, operation.sql, refusal) if _mends(conn, each.sql, refusal)]
    return f"write {' or '.join(mends)}" if mends else None


def _mends(conn: Connection[Any], sql: str, refusal: Refusal) -> bool:
    again = _prepared(conn, sql)
    if not isinstance(again, Refusal):
        return True
    # FOR UPDATE OF takes no schema at all; an error elsewhere was there before.
    return again.sqlstate != SYNTAX_ERROR and again.position != refusal.position


def _oids_by_use(conn: Connection[Any], uses: Uses) -> dict[int, int]:
    """Ask for the type oid of each use of a parameter by itself: the same SQL with a number of its own for each.

    Uses that by themselves have no type either are left out.
    """
    untyped: frozenset[int] = frozenset()
    while True:
        result = _prepared(conn, uses.apart(untyped))
        if not isinstance(result, Refusal):
            return {use: result.param_type(use) for use in range(len(uses)) if use not in untyped}
        use = result.parameter - 1 if result.parameter else None
        if use is None or use in untyped:
            return {}
        untyped |= {use}
