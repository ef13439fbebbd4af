"""The type that an expression has, as its node tells it."""

from __future__ import annotations

from attune_sql.describe.query_tree import Node

_TYPE_FIELDS = (
    "vartype",
    "consttype",
    "paramtype",
    "funcresulttype",
    "opresulttype",
    "resulttype",
    "casetype",
    "coalescetype",
    "minmaxtype",
    "aggtype",
    "wintype",
    "array_typeid",
    "row_typeid",
    "refrestype",
)


def result_type(expression: Node) -> int:
    """Return the oid of an expression's type, 0 where the node tells none (a truth value, mostly)."""
    return next((expression.number(each) for each in _TYPE_FIELDS if each in expression.fields), 0)
