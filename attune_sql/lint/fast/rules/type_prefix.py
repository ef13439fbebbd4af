"""AT02: a type of the schema without its prefix; relations are types too."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.builtin import TYPES
from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import parts, wrong
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk


def _check(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("names", []))
    if node.get("pct_type"):
        # table.column%TYPE and schema.table.column%TYPE: the column is no part of what needs the schema.
        name = name[:-1]
    # What DefElem holds in the form of a type may be the name of a function: CREATE AGGREGATE … (sfunc = …).
    if not name or not state.names.is_type(name[-1]) or state.parent == "DefElem":
        return
    if len(name) == 1 and name[0] in TYPES and not node.get("pct_type"):
        return
    if violation := wrong("AT02", "type", name, node.get("location", 0), state):
        yield violation


RULE = Rule(("TypeName",), _check)
