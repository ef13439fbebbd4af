"""Operations and a migrated database → findings: the only module of this room that asks PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import Connection

from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.findings.collect import Table, collect, own_table, repositories
from attune_sql.findings.files import Files
from attune_sql.findings.finding import Finding
from attune_sql.findings.row_classes import RowClasses
from attune_sql.runtime.loader import Queries, load


def survey(
    conn: Connection[Any], files: Files, ignore: Collection[str] = (), classes: RowClasses | None = None
) -> list[Finding]:
    """Describe every operation that was read and apply the rules. No query is executed; nothing stays behind."""
    described = list(describe_all(conn, files.operations))
    descriptions = [each for each in described if isinstance(each, Description)]
    tables = {table for group in repositories(descriptions, {}) if (table := own_table(group.operations))}
    return collect(described, _table_columns(conn, sorted(tables)), files.errors, ignore, classes)


@cache
def _queries() -> Queries:
    return load(Path(__file__).parent / "sql" / "table_column_list.sql")


def _table_columns(conn: Connection[Any], tables: Iterable[Table]) -> dict[Table, tuple[str, ...]]:
    schemas, names = [schema for schema, _ in tables], [name for _, name in tables]
    rows = _queries().table_column_list(conn, schemas=schemas, names=names)
    return {(row.schema, row.name): tuple(row.columns) for row in rows}
