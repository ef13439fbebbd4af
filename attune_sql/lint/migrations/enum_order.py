"""MG03: a label added to an enum BEFORE or AFTER another one.

Values are compared by their order: what is sorted, or asked for with < and >, changes its meaning without a word.
Source: PostgreSQL manual, 8.7.2 "Ordering".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attune_sql.findings.finding import Finding
from attune_sql.lint.migrations.migration import Migration
from attune_sql.lint.settings import LintSettings


def check(migration: Migration, folder: Sequence[Migration], settings: LintSettings) -> Iterator[Finding]:
    """Yield every label that is put between others."""
    for kind, node, start in migration.kinds():
        if kind == "AlterEnumStmt" and "newValNeighbor" in node:
            where = "after" if node.get("newValIsAfter") else "before"
            yield migration.finding(
                "MG03",
                start,
                f"the label {node['newVal']} stands {where} {node['newValNeighbor']}: values of the enum sort anew",
                "add it at the end, or say that the new order is meant: -- noqa: MG03",
            )
