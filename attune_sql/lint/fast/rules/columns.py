"""AT14 and AT15: types that lose cents, and moments that leave open in which zone they are."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.builtin import FLOATS, is_amount
from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import parts
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk


def _check_column(node: Node, state: Walk) -> Iterator[Violation]:
    """Look at a column that is added or created, or whose type is changed; the latter has its name in the command."""
    name = parts(node.get("typeName", {}).get("names", []))
    column = node.get("colname") or state.column
    if name and name[-1] in FLOATS and is_amount(column):
        yield Violation(
            "AT14",
            node["typeName"].get("location", 0),
            f"{column} is an amount, and binary floating point cannot hold 0.1",
            "use numeric",
        )


def _check_type(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("names", []))
    if not name or (len(name) > 1 and name[-2] != "pg_catalog"):
        return
    start = node.get("location", 0)
    if name[-1] == "money":
        yield Violation("AT14", start, "money depends on lc_monetary", "use numeric")
    elif name[-1] == "timestamp":
        yield Violation("AT15", start, "timestamp has no time zone", "use timestamptz")


RULES = (Rule(("ColumnDef",), _check_column), Rule(("TypeName",), _check_type))
