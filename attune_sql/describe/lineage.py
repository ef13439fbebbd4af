"""Where the value of a Var in a query tree comes from, through sub-queries, CTEs, VALUES and joins. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attune_sql.describe.query_tree import Node

# Kinds of range table entries, and of commands. Source: PostgreSQL, src/include/nodes, RTEKind and CmdType.
RELATION, SUBQUERY, JOIN, FUNCTION, VALUES, CTE, RESULT, GROUP = 0, 1, 2, 3, 5, 6, 8, 9
SELECT, UPDATE, INSERT, DELETE, MERGE = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Scope:
    """A query, and the one around it, whose range table its Vars refer to."""

    query: Node
    outer: Scope | None = None

    def up(self, levels: int) -> Scope | None:
        """Return the query `levels` around this one, None for none."""
        scope: Scope | None = self
        for _ in range(levels):
            scope = scope.outer if scope else None
        return scope

    def entry(self, number: int) -> Node | None:
        """Return a range table entry by its number, counted from 1."""
        entries = self.query.nodes("rtable")
        return entries[number - 1] if 0 < number <= len(entries) else None


@dataclass(frozen=True, slots=True)
class Placed:
    """An expression, and the query that it belongs to."""

    scope: Scope
    node: Node


def sources(scope: Scope, var: Node) -> list[Placed]:
    """Return the expressions that a Var may have its value from; empty for a stored column or a function's result."""
    owner = scope.up(var.number("varlevelsup"))
    entry = owner.entry(var.number("varno")) if owner else None
    number = var.number("varattno")
    if owner is None or entry is None or number <= 0:
        return []
    kind = entry.number("rtekind")
    if kind in (SUBQUERY, CTE):
        inner = subquery(owner, entry)
        return outputs(inner, number) if inner else []
    if kind == VALUES:
        rows = entry.fields.get("values_lists")
        return [each for row in rows for each in _nth(owner, row, number)] if isinstance(rows, list) else []
    if kind in (JOIN, GROUP):
        return _nth(owner, entry.fields.get("joinaliasvars" if kind == JOIN else "groupexprs"), number)
    return []


def subquery(scope: Scope, entry: Node) -> Scope | None:
    """Return the query of a range table entry that is a sub-query, an expanded view or a CTE; None for others."""
    if entry.number("rtekind") == SUBQUERY:
        query = entry.node("subquery")
        return Scope(query, scope) if query else None
    owner = scope.up(entry.number("ctelevelsup")) if entry.number("rtekind") == CTE else None
    if owner is None:
        return None
    named = (each for each in owner.query.nodes("cteList") if each.text("ctename") == entry.text("ctename"))
    cte = next(named, None)
    query = cte.node("ctequery") if cte else None
    return Scope(query, owner) if query else None


def relations(query: Node) -> Iterator[int]:
    """Yield the oids of the relations that a query and the queries within it name, and 0 for what is none."""
    if query.flag("hasSubLinks"):
        yield from (each.number("relid") for each in query.walk())
        return
    for entry in query.nodes("rtable"):
        yield entry.number("relid")
        if inner := entry.node("subquery"):
            yield from relations(inner)
    for cte in query.nodes("cteList"):
        if inner := cte.node("ctequery"):
            yield from relations(inner)


def targets(query: Node) -> list[Node]:
    """Return the entries of what a query gives to the one around it, or to the caller."""
    return [each for each in _entries(query) if not each.flag("resjunk")]


def _entries(query: Node) -> list[Node]:
    return query.nodes("targetList" if query.number("commandType") == SELECT else "returningList")


def outputs(scope: Scope, number: int) -> list[Placed]:
    """Return the expressions of the output column `number`: one for each arm of a set operation."""
    operation = scope.query.node("setOperations")
    if operation is None:
        # Entries stand in the order of their numbers; what is not given (resjunk) comes last.
        chosen = _entries(scope.query)[number - 1 : number]
        return [Placed(scope, each) for entry in chosen if (each := entry.node("expr"))]
    found: list[Placed] = []
    for arm in operation.walk():
        entry = scope.entry(arm.number("rtindex")) if arm.name == "RANGETBLREF" else None
        inner = subquery(scope, entry) if entry else None
        found += outputs(inner, number) if inner else []
    return found


def _nth(scope: Scope, values: object, number: int) -> list[Placed]:
    value = values[number - 1] if isinstance(values, list) and number <= len(values) else None
    return [Placed(scope, value)] if isinstance(value, Node) else []
