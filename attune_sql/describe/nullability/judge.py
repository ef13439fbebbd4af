"""The engine: one rule per kind of node, put together."""

from __future__ import annotations

from attune_sql.describe.nullability import aggregates, expressions, functions, sublinks, windows
from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.nullability.changes import returning
from attune_sql.describe.nullability.expressions import Rule
from attune_sql.describe.nullability.keys import UNREADABLE, key
from attune_sql.describe.nullability.queries import select, with_query
from attune_sql.describe.nullability.relations import column
from attune_sql.describe.nullability.scope import Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown
from attune_sql.describe.query_tree import Node

_SELECT = 1
_EXTERNAL = 0

_RULES: dict[str, Rule] = {
    **aggregates.RULES,
    **expressions.RULES,
    **functions.RULES,
    **sublinks.RULES,
    **windows.RULES,
}
# What stays readable when the grouped expressions do not.
_OF_GROUPS = frozenset({"AGGREF", "GROUPINGFUNC", "VAR", "CONST"})


class Engine:
    """Judges the expressions and queries of one tree by one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def query(self, query: Node, parent: Scope | None) -> list[Verdict]:
        """Say of each column of a query's result whether it can be NULL."""
        if query.number("commandType") == _SELECT:
            return select(query, parent, self)
        return returning(query, parent, self)

    def with_query(self, name: str, definer: Scope) -> list[Verdict]:
        """Say it of each column of a WITH query of the definer's."""
        return with_query(name, definer, self)

    def expression(self, node: Node, scope: Scope) -> Verdict:
        """Say whether an expression can be NULL where it stands."""
        if node.name == "VAR":
            return column(node, scope, self)
        known = self._known(node, scope)
        if known is not None:
            return known
        rule = _RULES.get(node.name)
        return rule(node, scope, self) if rule else unknown(f"an expression of the kind {node.name}", node.location)

    def _known(self, node: Node, scope: Scope) -> Verdict | None:
        """Answer from what conditions said of this expression, or from grouping sets that leave it out."""
        if node.name == "PARAM" and node.number("paramkind") == _EXTERNAL:
            # A parameter is the same in every query around.
            own = key(node, self.catalogue)
            facts = (each.facts.get(own) for each in scope.outwards()) if own is not None else ()
            return next((never(*fact).at(node.location) for fact in facts if fact is not None), None)
        if any(found[0] == node.name for found in scope.facts):
            own = key(node, self.catalogue)
            if own is not None and own in scope.facts:
                return never(*scope.facts[own]).at(node.location)
        if scope.vanishing:
            if UNREADABLE in scope.vanishing and node.name not in _OF_GROUPS:
                return unknown("a grouped expression that is computed anew each time", node.location)
            if key(node, self.catalogue) in scope.vanishing:
                return maybe("a grouping set leaves this expression out", node.location)
        return None
