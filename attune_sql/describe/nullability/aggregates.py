"""Aggregates and GROUP BY: what a group without rows gives, and what grouping sets leave out."""

from __future__ import annotations

from itertools import chain

from attune_sql.describe.nullability.expressions import Rule
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown
from attune_sql.describe.query_tree import Node

COUNTS = frozenset({"count", "regr_count"})
"""Aggregates that give a number for no rows too."""

ONE_VALUE_IS_ENOUGH = frozenset(
    (
        "any_value",
        "avg",
        "bit_and",
        "bit_or",
        "bit_xor",
        "bool_and",
        "bool_or",
        "every",
        "max",
        "min",
        "range_agg",
        "range_intersect_agg",
        "stddev_pop",
        "string_agg",
        "sum",
        "var_pop",
    )
)
"""Aggregates that give a value as soon as one row has one."""

ONE_ROW_IS_ENOUGH = frozenset({"array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg"})
"""Aggregates that give a value as soon as there is a row, NULL or not."""

HYPOTHETICAL = frozenset({"rank", "dense_rank", "percent_rank", "cume_dist"})

# parsenodes.h: GroupingSetKind
_EMPTY, _SIMPLE, _ROLLUP, _CUBE, _SETS = range(5)


def _aggregate(node: Node, scope: Scope, judge: Judge) -> Verdict:
    function = judge.catalogue.function(node.number("aggfnoid"))
    if function is None or not function.built_in:
        return unknown(f"the aggregate {function.shown if function else ''}() is not known", node.location)
    if function.name in COUNTS:
        return never(f"{function.name}() gives a number for no rows too", node.location)
    if node.text("aggkind") == "h" and function.name in HYPOTHETICAL:
        return never(f"{function.name}() always gives a number", node.location)
    shown = f"{function.name}()"
    if node.number("agglevelsup") or scope.grouped is None:
        return unknown(f"{shown} over the rows of an outer query", node.location)
    if node.node("aggfilter") is not None:
        return maybe(f"FILTER can leave {shown} no row", node.location)
    if may_be_empty(scope.query):
        return maybe(f"{shown} of no rows is NULL", node.location)
    if function.name in ONE_ROW_IS_ENOUGH:
        return never(f"{shown} over a group, which has a row", node.location)
    if function.name in ONE_VALUE_IS_ENOUGH:
        # The delimiter of string_agg decides nothing.
        first = node.nodes("args")[0].node("expr")
        assert first is not None
        argument = judge.expression(first, scope.grouped)
        if argument.nullable:
            return argument.within(f"{shown} of NULLs is NULL").at(node.location)
        return never(f"{shown} over a group, which has a row with a value", node.location)
    return maybe(f"{shown} can give NULL", node.location)


def may_be_empty(query: Node) -> bool:
    """Tell whether a grouped query gives a row for no rows: no GROUP BY, or an empty grouping set."""
    sets = query.nodes("groupingSets")
    if sets:
        return all(_has_empty(each) for each in sets)
    return not query.nodes("groupClause")


def left_out(query: Node) -> frozenset[int]:
    """Return the references (ressortgroupref) of grouped expressions that some grouping set leaves out."""
    sets = query.nodes("groupingSets")
    if not sets:
        return frozenset()
    everywhere = frozenset(chain.from_iterable(_in_every(each) for each in sets))
    return frozenset(each.number("tleSortGroupRef") for each in query.nodes("groupClause")) - everywhere


def _has_empty(grouping: Node) -> bool:
    kind = grouping.number("kind")
    return kind in (_EMPTY, _ROLLUP, _CUBE) or (kind == _SETS and any(map(_has_empty, grouping.nodes("content"))))


def _in_every(grouping: Node) -> frozenset[int]:
    kind = grouping.number("kind")
    if kind == _SIMPLE:
        return frozenset(grouping.numbers("content"))
    if kind == _SETS:
        inner = [_in_every(each) for each in grouping.nodes("content")]
        return frozenset.intersection(*inner) if inner else frozenset()
    return frozenset()


RULES: dict[str, Rule] = {"AGGREF": _aggregate}
