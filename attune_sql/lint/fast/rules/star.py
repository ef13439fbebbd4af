"""AT05: `*` in a select list or in RETURNING."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk


def _check(node: Node, state: Walk) -> Iterator[Violation]:
    for each in node.get("targetList") or node.get("exprs") or ():
        target = each.get("ResTarget", {})
        value = target.get("val", {})
        fields = value.get("ColumnRef", {}).get("fields") or value.get("A_Indirection", {}).get("indirection") or [{}]
        # Without a place it is `TABLE name`, whose columns the WITH query above has named.
        if "A_Star" in fields[-1] and target.get("location", 0) >= 0:
            yield Violation(
                "AT05",
                state.sql.find(b"*", target.get("location", 0)),
                "* takes whatever columns the table has at the moment",
                "name the columns",
            )


RULE = Rule(("SelectStmt", "returningClause"), _check)
