"""AT14 and AT15: types that lose cents, and times that leave open in which zone they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import parts
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk

_AMOUNT = re.compile(
    r"(?:^|_)(?:amount|price|cost|fee|balance|total|subtotal|salary|budget|revenue|tax|discount|payment)s?(?:_|$)"
)
_FLOATS = frozenset({"float4", "float8"})
_ZONELESS = {"timestamp": "timestamptz", "time": "timetz"}


def _check_column(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("typeName", {}).get("names", []))
    if name[-1:] and name[-1] in _FLOATS and _AMOUNT.search(node.get("colname", "")):
        yield Violation(
            "AT14",
            node["typeName"].get("location", 0),
            f"the amount {node['colname']} in binary floating point loses cents",
            "use numeric",
        )


def _check_type(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("names", []))
    system = len(name) == 1 or name[-2] == "pg_catalog"
    if not name or not system:
        return
    start = node.get("location", 0)
    if name[-1] == "money":
        yield Violation(
            "AT14",
            start,
            "money has no currency and depends on lc_monetary",
            "use numeric, and a column for the currency",
        )
    elif name[-1] in _ZONELESS:
        yield Violation(
            "AT15", start, f"{name[-1]} does not say in which time zone it is", f"use {_ZONELESS[name[-1]]}"
        )


RULES = (Rule(("ColumnDef",), _check_column), Rule(("TypeName",), _check_type))
