"""Queries that have a row whatever the data: `SELECT count(*) FROM t`, `SELECT $1`."""

from __future__ import annotations

from attune_sql.describe.nullability.aggregates import may_be_empty
from attune_sql.describe.nullability.functions import constant_number, sets_in_list
from attune_sql.describe.nullability.scope import Judge
from attune_sql.describe.query_tree import Node

_SELECT = 1
# parsenodes.h: RTEKind, SetOperation; nodes.h: JoinType
_SUBQUERY, _FUNCTION, _VALUES, _RESULT = 1, 3, 5, 8
_UNION = 1
_INNER, _LEFT, _FULL, _RIGHT = range(4)


def row_exists(query: Node, judge: Judge) -> bool:
    """Tell whether a query always gives at least one row."""
    if query.number("commandType") != _SELECT or query.nodes("rowMarks"):
        return False
    if not _keeps_a_row(query) or sets_in_list(query):
        return False
    operation = query.node("setOperations")
    if operation is not None:
        return _arm_has_row(operation, query, judge)
    if query.flag("hasAggs") or query.nodes("groupClause") or query.nodes("groupingSets") or query.node("havingQual"):
        if query.node("havingQual") is not None:
            return False
        if may_be_empty(query):
            return True
    return _from_has_row(query.node("jointree"), query, judge)


def _keeps_a_row(query: Node) -> bool:
    limit, offset = query.node("limitCount"), query.node("limitOffset")
    return (limit is None or (constant_number(limit) or 0) > 0) and (offset is None or constant_number(offset) == 0)


def _arm_has_row(arm: Node, query: Node, judge: Judge) -> bool:
    if arm.name == "RANGETBLREF":
        return _entry_has_row(arm.number("rtindex"), query, judge)
    sides = [arm.node("larg"), arm.node("rarg")]
    return arm.number("op") == _UNION and any(each is not None and _arm_has_row(each, query, judge) for each in sides)


def _from_has_row(from_clause: Node | None, query: Node, judge: Judge) -> bool:
    if from_clause is None or from_clause.node("quals") is not None:
        return False
    return all(_item_has_row(each, query, judge) for each in from_clause.nodes("fromlist"))


def _item_has_row(item: Node, query: Node, judge: Judge) -> bool:
    if item.name == "RANGETBLREF":
        return _entry_has_row(item.number("rtindex"), query, judge)
    if item.name != "JOINEXPR":
        return False
    left, right = item.node("larg"), item.node("rarg")
    assert left is not None
    assert right is not None
    kind = item.number("jointype")
    if kind == _INNER:
        unconditional = item.node("quals") is None
        return unconditional and _item_has_row(left, query, judge) and _item_has_row(right, query, judge)
    kept = {_LEFT: [left], _RIGHT: [right], _FULL: [left, right]}.get(kind, [])
    return any(_item_has_row(each, query, judge) for each in kept)


def _entry_has_row(varno: int, query: Node, judge: Judge) -> bool:
    entry = query.nodes("rtable")[varno - 1]
    if entry.fields.get("tablesample") is not None or entry.nodes("securityQuals"):
        return False
    kind = entry.number("rtekind")
    if kind == _SUBQUERY:
        inner = entry.node("subquery")
        return inner is not None and row_exists(inner, judge)
    if kind == _FUNCTION:
        calls = [each.node("funcexpr") for each in entry.nodes("functions")]
        return all(each is not None and _gives_one_row(each, judge) for each in calls)
    return kind in (_VALUES, _RESULT)


def _gives_one_row(call: Node, judge: Judge) -> bool:
    if call.name != "FUNCEXPR":
        return call.name in ("CONST", "SQLVALUEFUNCTION", "COALESCEEXPR", "MINMAXEXPR")
    function = judge.catalogue.function(call.number("funcid"))
    return function is not None and not function.returns_set
