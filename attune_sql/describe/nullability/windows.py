"""Window functions, and frames that may be empty."""

from __future__ import annotations

from attune_sql.describe.nullability.aggregates import COUNTS, ONE_ROW_IS_ENOUGH, ONE_VALUE_IS_ENOUGH
from attune_sql.describe.nullability.expressions import Rule
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown, worst
from attune_sql.describe.query_tree import Node

# parsenodes.h: FRAMEOPTION_…
_RANGE = 0x2
_STARTS_BEFORE_OR_HERE = 0x20 | 0x200 | 0x800
_ENDS_HERE_OR_AFTER = 0x100 | 0x400 | 0x4000
_OFFSETS = 0x800 | 0x1000 | 0x2000 | 0x4000
_EXCLUDES_CURRENT_ROW = 0x8000 | 0x10000

_ALWAYS = frozenset({"row_number", "rank", "dense_rank", "percent_rank", "cume_dist"})


def _window_function(node: Node, scope: Scope, judge: Judge) -> Verdict:
    function = judge.catalogue.function(node.number("winfnoid"))
    if function is None or not function.built_in:
        return unknown(f"the window function {function.shown if function else ''}() is not known", node.location)
    name, shown = function.name, f"{function.name}()"
    if name in _ALWAYS or name in COUNTS:
        return never(f"{shown} always gives a number", node.location)
    verdicts = [judge.expression(each, scope) for each in node.nodes("args")]
    if name == "ntile":
        return verdicts[0].at(node.location)
    if name in ("lag", "lead"):
        if len(verdicts) < 3:
            return maybe(f"{shown} has no row to look at, at the edge", node.location)
        found = worst(verdicts)
        return found.at(node.location) if found else never(f"{shown} with a default", node.location)
    if name == "nth_value":
        return maybe("nth_value() of a frame with fewer rows is NULL", node.location)
    if node.node("aggfilter") is not None:
        return maybe(f"FILTER can leave {shown} no row", node.location)
    if not _frame_has_current_row(node, scope):
        return maybe("the window frame may hold no row", node.location)
    if name in ONE_ROW_IS_ENOUGH:
        return never(f"{shown} over a frame with the current row", node.location)
    if name in ONE_VALUE_IS_ENOUGH or name in ("first_value", "last_value"):
        if verdicts[0].nullable:
            return verdicts[0].within(f"{shown} of NULL is NULL").at(node.location)
        return never(f"{shown} over a frame with the current row", node.location)
    return maybe(f"{shown} can give NULL", node.location)


def _frame_has_current_row(node: Node, scope: Scope) -> bool:
    windows = scope.query.nodes("windowClause")
    window = next((each for each in windows if each.number("winref") == node.number("winref")), None)
    if window is None:
        return False
    frame = window.number("frameOptions")
    if frame & _EXCLUDES_CURRENT_ROW or (frame & _RANGE and frame & _OFFSETS):
        return False
    return bool(frame & _STARTS_BEFORE_OR_HERE and frame & _ENDS_HERE_OR_AFTER)


RULES: dict[str, Rule] = {"WINDOWFUNC": _window_function}
