"""Pieces of a query's join tree: its items, its conditions, and what a part refers to. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.describe.query_tree import Node


def references(node: Node, depth: int) -> Iterator[int]:
    """Yield the range table numbers that something refers to in the query `depth` levels around it."""
    for each in node.inner():
        deeper = depth + 1 if each.name == "QUERY" else depth
        if each.name == "VAR" and each.number("varlevelsup") == depth:
            yield each.number("varno")
        yield from references(each, deeper)


def items(node: Node | None) -> Iterator[int]:
    """Yield the range table numbers of the items in a join tree, or a part of one."""
    if node is None:
        return
    if node.name == "RANGETBLREF":
        yield node.number("rtindex")
    for each in (*node.nodes("fromlist"), node.node("larg"), node.node("rarg")):
        yield from items(each)


def conjuncts(node: Node) -> Iterator[Node]:
    """Yield the conditions that AND joins."""
    if node.name == "BOOLEXPR" and node.text("boolop") == "and":
        for each in node.nodes("args"):
            yield from conjuncts(each)
    else:
        yield node
