"""Sub-queries inside expressions: EXISTS, IN, ANY, ALL, ARRAY, and the one value of a scalar sub-query."""

from __future__ import annotations

from attune_sql.describe.nullability.expressions import Rule
from attune_sql.describe.nullability.row_exists import row_exists
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown
from attune_sql.describe.query_tree import Node

# primnodes.h: SubLinkType
_EXISTS, _ALL, _ANY, _ROW_COMPARE, _ONE_VALUE, _MULTIPLE, _ARRAY, _CTE = range(8)


def _sublink(node: Node, scope: Scope, judge: Judge) -> Verdict:
    query, test = node.node("subselect"), node.node("testexpr")
    assert query is not None
    kind = node.number("subLinkType")
    if kind == _EXISTS:
        return never("EXISTS is true or false", node.location)
    if kind == _ARRAY:
        return never("ARRAY of a sub-query is an array, empty for no rows", node.location)
    if kind == _ONE_VALUE:
        if not row_exists(query, judge):
            return maybe("a scalar sub-query that may have no row", node.location)
        return judge.query(query, scope)[0].within("the sub-query's column").at(node.location)
    if kind in (_ANY, _ALL) and test is not None:
        return judge.expression(test, scope.testing(judge.query(query, scope))).at(node.location)
    if kind == _ROW_COMPARE:
        return maybe("a comparison with a row that may not be there", node.location)
    return unknown("a sub-query of another kind", node.location)


RULES: dict[str, Rule] = {"SUBLINK": _sublink}
