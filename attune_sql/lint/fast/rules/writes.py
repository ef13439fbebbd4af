"""AT06: UPDATE or DELETE without a WHERE clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk


def _rule(kind: str, verb: str) -> Rule:
    word = re.compile(rf"\b{verb}\b".encode(), re.IGNORECASE)

    def check(node: Node, state: Walk) -> Iterator[Violation]:
        if "whereClause" not in node:
            table = node["relation"].get("location", 0)
            # The verb has no place in the tree; it is the last one before its table.
            found = list(word.finditer(state.sql, state.statement[0], table))
            yield Violation(
                "AT06",
                found[-1].start() if found else table,
                f"{verb} without WHERE touches every row",
                "say which rows; WHERE true where it is meant to be all of them",
            )

    return Rule((kind,), check)


RULES = (_rule("UpdateStmt", "UPDATE"), _rule("DeleteStmt", "DELETE"))
