"""Operations and a scratch database → Descriptions: composes PREPARE, the query tree and the catalogue."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from psycopg import Connection

from attune_sql.describe import lineage, nullability
from attune_sql.describe.cardinality import Rows, cardinality
from attune_sql.describe.catalogue import PgCatalogue
from attune_sql.describe.description import Column, Description, Overridden, PgType, Reason
from attune_sql.describe.nullability.verdict import Verdict, unknown
from attune_sql.describe.parameters import parameters
from attune_sql.describe.prepare import Prepared, RawColumn, empty_search_path, prepare, preparing
from attune_sql.describe.query_tree import Node
from attune_sql.describe.rejection import RejectedError
from attune_sql.describe.rewritten import Printed, printing
from attune_sql.describe.spans import span
from attune_sql.describe.tables import Table, tables
from attune_sql.describe.types import types
from attune_sql.source.operation import Operation


def describe(conn: Connection[Any], operation: Operation) -> Description:
    """Describe one operation; as `describe_all`, but raises RejectedError for what PostgreSQL refuses."""
    (found,) = describe_all(conn, [operation])
    if isinstance(found, RejectedError):
        raise found
    return found


def describe_all(
    conn: Connection[Any],
    operations: Iterable[Operation],
    watch: Callable[[Operation, Sequence[Node]], None] | None = None,
) -> list[Description | RejectedError]:
    """Describe operations on a migrated scratch database, in the order given; what is refused is told in its place.

    `watch` is told the rewritten trees of each that is not refused; there are none where they cannot be read.

    Nothing is executed and nothing stays behind: queries are prepared under an empty search path in a transaction (or
    savepoint) that is rolled back. Their trees reach the server's log, so the server must be a scratch one. Raises
    psycopg's error when the connection is lost.
    """
    with _uncollected(), empty_search_path(conn):
        analysed = _analyse(conn, operations)
        for each in analysed:
            if watch is not None and isinstance(each, _Analysed):
                watch(each.prepared.operation, each.trees)
        facts = _Facts.of(conn, [each for each in analysed if isinstance(each, _Analysed)])
        return [each if isinstance(each, RejectedError) else _description(each, facts) for each in analysed]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause Python's collector: it would walk through all trees time and again, and trees have no cycles."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Analysed:
    prepared: Prepared
    trees: list[Node]


def _analyse(conn: Connection[Any], operations: Iterable[Operation]) -> list[_Analysed | RejectedError]:
    analysed: list[_Analysed | RejectedError] = []
    with printing(conn) as printed, preparing(conn):
        for operation in operations:
            try:
                prepared = prepare(conn, operation)
            except RejectedError as error:
                analysed.append(error)
            else:
                analysed.append(_Analysed(prepared, _tree(printed, operation)))
    return analysed


def _tree(printed: Printed, operation: Operation) -> list[Node]:
    try:
        return printed.take(operation.sql)
    except ValueError:
        return []  # nested too deeply, or of a major that is not known yet: nothing is claimed of such a query


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the catalogue says of everything that some operations name."""

    types: Mapping[int, PgType]
    tables: Mapping[int, Table]
    catalogue: PgCatalogue

    @classmethod
    def of(cls, conn: Connection[Any], analysed: Sequence[_Analysed]) -> _Facts:
        oids = {oid for each in analysed for oid in each.prepared.parameter_oids}
        oids |= {column.type_oid for each in analysed for column in each.prepared.columns}
        relations = {column.table_oid for each in analysed for column in each.prepared.columns}
        relations |= {oid for each in analysed for tree in each.trees for oid in lineage.relations(tree)}
        return cls(types(conn, oids), tables(conn, relations), PgCatalogue(conn))


def _description(analysed: _Analysed, facts: _Facts) -> Description:
    try:
        return _judged(analysed, facts)
    except RecursionError:
        return _judged(_Analysed(analysed.prepared, []), facts)


def _judged(analysed: _Analysed, facts: _Facts) -> Description:
    prepared, trees = analysed.prepared, analysed.trees
    operation = prepared.operation
    verdicts = _verdicts(trees, facts.catalogue, len(prepared.columns))
    rows = cardinality(trees, facts.catalogue, facts.tables) if prepared.columns else Rows("none", "no columns")
    return Description(
        operation=operation,
        parameters=parameters(operation, [facts.types[oid] for oid in prepared.parameter_oids], trees, facts.catalogue),
        columns=tuple(
            _overridden(operation, _column(operation, column, verdict, facts))
            for column, verdict in zip(prepared.columns, verdicts, strict=True)
        ),
        cardinality=rows.cardinality,
        cardinality_reason=Reason(f"{rows.cardinality.replace('_', ' ')}: {rows.text}", operation.header),
    )


def _verdicts(trees: list[Node], catalogue: PgCatalogue, count: int) -> list[Verdict]:
    """Judge the columns of a query; where the tree says nothing of them (SHOW, EXPLAIN) they are unknown."""
    verdicts = nullability.columns(trees, catalogue)
    return verdicts if len(verdicts) == count else [unknown("nothing is known of the result")] * count


def _column(operation: Operation, column: RawColumn, verdict: Verdict, facts: _Facts) -> Column:
    table = facts.tables.get(column.table_oid)
    origin = (
        (table.schema, table.name, table.columns[column.number]) if table and column.number in table.columns else None
    )
    return Column(column.name, facts.types[column.type_oid], verdict.nullable, _reason(operation, verdict), origin)


def _overridden(operation: Operation, column: Column) -> Column:
    """Give the author of the header the last word on a column."""
    override = next((each for each in operation.overrides if each.column == column.name), None)
    if override is None:
        return column
    place = override.location
    word = "nullable" if override.nullable else "not null"
    return replace(
        column,
        nullable=override.nullable,
        reason=Reason(f"{word}: the header says so at {place.line}:{place.column}", place),
        overridden=Overridden(column.nullable, column.reason),
    )


def _reason(operation: Operation, verdict: Verdict) -> Reason:
    word = "nullable" if verdict.nullable else "not null"
    if verdict.position is None:
        return Reason(f"{word}: {verdict.text}", unknown=verdict.unknown)
    location = span(operation, verdict.position + 1)
    return Reason(f"{word}: {verdict.text} at {location.line}:{location.column}", location, verdict.unknown)
