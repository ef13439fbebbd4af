"""MG02: a foreign key whose columns no index begins with.

Deleting or re-keying the row that is referred to then reads the whole referring table, once for each row. An index that
a later migration creates counts. Source: PostgreSQL manual, 5.5.5 "Foreign Keys".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attune_sql.findings.finding import Finding
from attune_sql.lint.fast.library import Node
from attune_sql.lint.migrations.migration import Migration, constraints, table_of
from attune_sql.lint.settings import LintSettings

_KEYS = frozenset({"CONSTR_PRIMARY", "CONSTR_UNIQUE"})


@dataclass(frozen=True, slots=True)
class _Index:
    name: str
    table: str
    columns: tuple[str, ...]

    def serves(self, table: str, columns: tuple[str, ...]) -> bool:
        return self.table == table and set(self.columns[: len(columns)]) == set(columns)


def check(migration: Migration, folder: Sequence[Migration], settings: LintSettings) -> Iterator[Finding]:
    """Yield the foreign keys of a migration that no index of its folder serves."""
    indexes = _indexes(folder)
    for kind, node, _ in migration.kinds():
        for table, constraint, columns in constraints(kind, node):
            if constraint.get("contype") != "CONSTR_FOREIGN":
                continue
            if not any(each.serves(table, columns) for each in indexes):
                listed = ", ".join(columns)
                yield migration.finding(
                    "MG02",
                    constraint.get("location", 0),
                    f"no index begins with the foreign key ({listed}) of {table}",
                    f"CREATE INDEX ON {table} ({listed})",
                )


def _indexes(folder: Sequence[Migration]) -> list[_Index]:
    found: list[_Index] = []
    for migration in folder:
        for kind, node, _ in migration.kinds():
            for table, constraint, columns in constraints(kind, node):
                if constraint.get("contype") in _KEYS:
                    found.append(_Index(constraint.get("conname", ""), table, columns))
            if kind == "IndexStmt" and (index := _index(node)):
                found.append(index)
            elif kind == "DropStmt" and node.get("removeType") == "OBJECT_INDEX":
                dropped = {each["List"]["items"][-1]["String"]["sval"] for each in node["objects"]}
                found = [each for each in found if each.name not in dropped]
    return found


def _index(node: Node) -> _Index | None:
    """Read an index that can look up equal values of all rows, or of all that are not NULL; None for any other."""
    columns = tuple(each["IndexElem"].get("name", "") for each in node.get("indexParams", ()))
    if node.get("accessMethod", "btree") not in ("btree", "hash"):
        return None
    if "whereClause" in node and not _only_not_null(node["whereClause"], columns):
        return None
    return _Index(node.get("idxname", ""), table_of(node["relation"]), columns)


def _only_not_null(condition: Node, columns: tuple[str, ...]) -> bool:
    test = condition.get("NullTest", {})
    fields = test.get("arg", {}).get("ColumnRef", {}).get("fields", [])
    return test.get("nulltesttype") == "IS_NOT_NULL" and bool(fields) and fields[-1]["String"]["sval"] in columns
