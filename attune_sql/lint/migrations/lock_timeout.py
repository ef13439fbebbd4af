"""MG01: a statement that waits for a lock, without a `lock_timeout`.

While it waits, everything that comes after it waits too, readers included. `attune-sql migrate` sets a lock_timeout for
every migration, so the rule then looks for files that take it away; with `attune_lock_timeout = file` each file must
set its own. Source: PostgreSQL manual, 13.3.1 "Table-Level Locks", 19.11.1 "lock_timeout".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attune_sql.findings.finding import Finding
from attune_sql.lint.fast.library import Node
from attune_sql.lint.migrations.migration import Migration, constraints, created_tables, table_of
from attune_sql.lint.settings import LintSettings

_SETTING = "lock_timeout"
_NONE = re.compile(r"\s*0*\s*[a-z]*\s*")
_ON_RELATION = frozenset({"AlterTableStmt", "CreateTrigStmt", "IndexStmt", "RenameStmt", "AlterObjectSchemaStmt"})
_ON_TABLES = frozenset({"TruncateStmt", "LockStmt"})
_DROPPED = frozenset({"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX"})


def check(migration: Migration, folder: Sequence[Migration], settings: LintSettings) -> Iterator[Finding]:
    """Yield the first statement that waits for a lock without a timeout."""
    limited = settings.lock_timeout == "runner"
    own = created_tables(migration)
    for kind, node, start in migration.kinds():
        if kind == "VariableSetStmt" and node.get("name") == _SETTING:
            limited = _limits(node)
        elif not limited and (table := _locked(kind, node, own)):
            yield migration.finding(
                "MG01",
                start,
                f"this waits for a lock on {table} for ever, and everything behind it waits too",
                "SET LOCAL lock_timeout = '5s' before it",
            )
            return


def _limits(node: Node) -> bool:
    constant: Node = next((each.get("A_Const", {}) for each in node.get("args", ())), {})
    value = constant.get("sval", {}).get("sval") or constant.get("ival", {}).get("ival", 0)
    return node.get("kind") == "VAR_SET_VALUE" and not _NONE.fullmatch(str(value))


def _locked(kind: str, node: Node, own: frozenset[str]) -> str | None:
    """Name a table that others may be using and that the statement locks against them, or None."""
    tables: list[str] = []
    if kind in _ON_RELATION and "relation" in node and not node.get("concurrent"):
        tables.append(table_of(node["relation"]))
    elif kind in _ON_TABLES:
        tables += (table_of(each["RangeVar"]) for each in node.get("relations", ()))
    elif kind == "DropStmt" and node.get("removeType") in _DROPPED and not node.get("concurrent"):
        for each in node.get("objects", ()):
            tables.append(".".join(item["String"]["sval"] for item in each["List"]["items"]))
    elif kind == "RefreshMatViewStmt" and not node.get("concurrent"):
        tables.append(table_of(node["relation"]))
    tables += (table_of(each["pktable"]) for _, each, _ in constraints(kind, node) if "pktable" in each)
    return next((each for each in tables if each not in own), None)
