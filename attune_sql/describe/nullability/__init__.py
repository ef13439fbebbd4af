"""Query tree + catalogue → whether each column of the result can be NULL, and why.

The tree is PostgreSQL's own analysis (`attune_sql.describe.rewritten`), never a guess from text or a plan. "Not null"
is only said where it can be shown; everything unknown is nullable.
"""

from __future__ import annotations

from attune_sql.describe.nullability.catalogue import Catalogue, Function, Operator
from attune_sql.describe.nullability.judge import Engine
from attune_sql.describe.nullability.verdict import Verdict, unknown
from attune_sql.describe.query_tree import Node

__all__ = ["Catalogue", "Function", "Operator", "Verdict", "columns"]

_SELECT, _UTILITY = 1, 6


def columns(tree: list[Node], catalogue: Catalogue) -> list[Verdict]:
    """Return a verdict for each column of a statement's result, in order.

    `tree` is what `rewritten` gave for the statement. A statement without a result has no columns, and neither has a
    utility command such as SHOW, whose tree says nothing. Where rules made several statements of one, whose result
    comes back is the rules' affair, and every column is unknown.
    """
    queries = [each for each in tree if each.name == "QUERY" and each.number("commandType") != _UTILITY]
    answering = [each for each in queries if each.flag("canSetTag")]
    if len(queries) == 1 and answering:
        try:
            return Engine(catalogue).query(queries[0], None)
        except RecursionError:
            return [unknown("the query is nested too deeply") for _ in _results(queries[0])]
    widest = max(map(_results, queries), key=len, default=[])
    return [unknown("a rule decides which statement answers") for _ in widest]


def _results(query: Node) -> list[Node]:
    targets = query.nodes("targetList" if query.number("commandType") == _SELECT else "returningList")
    return [each for each in targets if not each.flag("resjunk")]
