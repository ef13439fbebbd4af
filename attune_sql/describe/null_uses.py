"""What becomes of a NULL at each place where a parameter stands in a query tree. Pure.

A walk from the places that decide (a stored column, IS NULL, LIMIT, …) down to the parameters: `lower($1)` stored in a
NOT NULL column refuses NULL just as `$1` would there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from attune_sql.describe.lineage import FUNCTION, INSERT, UPDATE, Scope, outputs, sources, subquery, targets
from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.query_tree import Node

_EXTERNAL = 0  # ParamKind of $n
_SUBLINK_VALUE = (4, 5)  # SubLinkType: EXPR and MULTIEXPR
_CAST_FORMATS = (1, 2)  # CoercionForm: written as a cast, or put in by PostgreSQL
_THROUGH = frozenset({"RELABELTYPE", "COERCEVIAIO", "ARRAYCOERCEEXPR", "CONVERTROWTYPEEXPR", "COLLATEEXPR"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a NULL: `refused`, `taken`, or `lost` (it only matches nothing).

    Of what is taken, `means` tells what a caller says on purpose: it is stored, tested or replaced.
    """

    sense: Literal["refused", "taken", "lost"]
    text: str
    returned: bool = False
    means: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A place of parameter `$number`: a 0-based character offset of the SQL (-1 for none), and what NULL does there."""

    number: int
    position: int
    outcome: Outcome


LOST = Outcome("lost", "NULL matches nothing")
_RETURNED = Outcome("taken", "returned as it is", returned=True)
_TESTED = Outcome("taken", "tested for NULL", means=True)


def uses(trees: Sequence[Node], catalogue: Catalogue) -> list[Use]:
    """Find every use of a parameter in a rewritten query; one that cannot matter is left out."""
    walk = _Walk(catalogue)
    for tree in trees:
        walk.statement(Scope(tree))
    return walk.found


class _Walk:
    def __init__(self, catalogue: Catalogue) -> None:
        self.found: list[Use] = []
        self._catalogue = catalogue
        self._seen: set[tuple[int, Outcome]] = set()
        self._tested: frozenset[int] = frozenset()

    def statement(self, scope: Scope) -> None:
        """Walk the query that the caller wrote, whose columns the caller gets."""
        self._query(scope)
        for target in targets(scope.query):
            self._outputs(scope, target.number("resno"), _RETURNED)

    def _query(self, scope: Scope) -> None:
        """Walk what a query does whatever is asked of its columns: filter, sort, limit, store."""
        query = scope.query
        for cte in query.nodes("cteList"):
            if inner := cte.node("ctequery"):
                self._query(Scope(inner, scope))
        for entry in query.nodes("rtable"):
            self._entry(scope, entry)
        for each in _qualifiers(query):
            self._expression(scope, each, LOST)
        for name in ("limitOffset", "limitCount"):
            if limit := query.node(name):
                word = "OFFSET" if name == "limitOffset" else "LIMIT"
                self._expression(scope, limit, Outcome("taken", f"{word} NULL is no {word}"))
        for window in query.nodes("windowClause"):
            for name in ("startOffset", "endOffset"):
                if offset := window.node(name):
                    self._expression(scope, offset, Outcome("refused", "the offset of a window frame"))
        for target in query.nodes("targetList"):
            expression = target.node("expr")
            if expression and (target.flag("resjunk") or target.number("ressortgroupref")):
                self._expression(scope, expression, LOST)
        self._stores(scope)

    def _entry(self, scope: Scope, entry: Node) -> None:
        if entry.node("subquery"):
            if inner := subquery(scope, entry):
                self._query(inner)
        elif entry.number("rtekind") == FUNCTION:
            for each in entry.nodes("functions"):
                self._below(scope, each, LOST)
        for name in ("tablesample", "tablefunc"):
            if node := entry.node(name):
                self._below(scope, node, LOST)

    def _stores(self, scope: Scope) -> None:
        query = scope.query
        kind = query.number("commandType")
        target = scope.entry(query.number("resultRelation"))
        if target is None:
            return
        relation = target.number("relid")
        if kind in (INSERT, UPDATE):
            self._assignments(scope, relation, query.nodes("targetList"))
        if conflict := query.node("onConflict"):
            self._assignments(scope, relation, conflict.nodes("onConflictSet"))
        for action in query.nodes("mergeActionList"):
            self._assignments(scope, relation, action.nodes("targetList"))

    def _assignments(self, scope: Scope, relation: int, entries: Sequence[Node]) -> None:
        for entry in entries:
            number, expression = entry.number("resno"), entry.node("expr")
            if expression is None or entry.flag("resjunk"):
                continue
            name = f"{self._catalogue.relation_name(relation)}.{self._catalogue.column_name(relation, number)}"
            if self._catalogue.not_null(relation, number):
                outcome = Outcome("refused", f"stored in {name}, which is NOT NULL")
            else:
                outcome = Outcome("taken", f"stored in {name}, which takes NULL", means=True)
            self._expression(scope, expression, outcome)

    def _outputs(self, scope: Scope, number: int, outcome: Outcome) -> None:
        for each in outputs(scope, number):
            self._expression(each.scope, each.node, outcome)

    def _expression(self, scope: Scope, node: Node, outcome: Outcome) -> None:
        """Walk an expression of whose NULL `outcome` becomes."""
        match node.name:
            case "PARAM":
                self._parameter(node, outcome)
            case "VAR":
                for source in sources(scope, node):
                    if (id(source.node), outcome) not in self._seen:
                        self._seen.add((id(source.node), outcome))
                        self._expression(source.scope, source.node, outcome)
            case "CASEEXPR" | "CASE":
                self._case(scope, node, outcome)
            case "COALESCEEXPR" | "COALESCE":
                self._coalesce(scope, node, outcome)
            case "NULLTEST" | "BOOLEANTEST" | "DISTINCTEXPR":
                self._below(scope, node, _TESTED)
            case "NULLIFEXPR":
                value, other = node.nodes("args")
                self._expression(scope, value, outcome)
                self._expression(scope, other, LOST)
            case "MINMAXEXPR" | "MINMAX":
                self._below(scope, node, Outcome("taken", "passed over by GREATEST or LEAST"))
            case "ARRAYEXPR" | "ARRAY" | "ROWEXPR" | "ROW":
                self._below(scope, node, Outcome("taken", "an element of an array or row"))
            case "JSONCONSTRUCTOREXPR":
                self._below(scope, node, Outcome("taken", "a value of a JSON constructor"))
            case "SUBLINK":
                self._sublink(scope, node, outcome)
            case "COERCETODOMAIN":
                refuses = self._catalogue.refuses_null(node.number("resulttype"))
                self._below(
                    scope, node, Outcome("refused", "cast to a domain that is NOT NULL") if refuses else outcome
                )
            case "FUNCEXPR" | "OPEXPR":
                self._call(scope, node, outcome)
            case name:
                self._below(scope, node, outcome if name in _THROUGH else LOST)

    def _parameter(self, node: Node, outcome: Outcome) -> None:
        if node.number("paramkind") != _EXTERNAL:
            return
        number = node.number("paramid")
        if outcome.sense == "refused" and number in self._tested:
            outcome = _TESTED
        self.found.append(Use(number, node.location, outcome))

    def _below(self, scope: Scope, node: Node, outcome: Outcome) -> None:
        for each in node.inner():
            self._expression(scope, each, outcome)

    def _case(self, scope: Scope, node: Node, outcome: Outcome) -> None:
        """Walk CASE: a NULL of its conditions is lost, a result is its value; a parameter tested there is guarded."""
        arms = node.nodes("args")
        conditions = [condition for arm in arms if (condition := arm.node("expr"))]
        if argument := node.node("arg"):
            conditions.append(argument)
        for condition in conditions:
            self._expression(scope, condition, LOST)
        tested = {
            each.number("paramid")
            for condition in conditions
            for test in condition.walk()
            if test.name == "NULLTEST"
            for each in test.walk()
            if each.name == "PARAM"
        }
        before, self._tested = self._tested, self._tested | tested
        for result in [*(arm.node("result") for arm in arms), node.node("defresult")]:
            if result:
                self._expression(scope, result, outcome)
        self._tested = before

    def _coalesce(self, scope: Scope, node: Node, outcome: Outcome) -> None:
        *replaced, last = node.nodes("args")
        for each in replaced:
            self._expression(scope, each, Outcome("taken", "replaced by COALESCE", means=True))
        self._expression(
            scope, last, outcome if outcome.sense == "refused" else Outcome("taken", "the end of COALESCE")
        )

    def _sublink(self, scope: Scope, node: Node, outcome: Outcome) -> None:
        if test := node.node("testexpr"):
            self._expression(scope, test, LOST)
        if query := node.node("subselect"):
            inner = Scope(query, scope)
            self._query(inner)
            passed = outcome if node.number("subLinkType") in _SUBLINK_VALUE else LOST
            for target in targets(query):
                self._outputs(inner, target.number("resno"), passed)

    def _call(self, scope: Scope, node: Node, outcome: Outcome) -> None:
        """Walk a function or operator: NULL goes through a strict one, but only through a cast to the caller."""
        function = self._catalogue.function(node.number("funcid") or node.number("opfuncid"))
        if function is None or not function.strict:
            called = function.shown if function else "a function"
            outcome = Outcome("taken", f"handed to {called}, which is called with NULL too")
        elif outcome.returned and not (node.name == "FUNCEXPR" and node.number("funcformat") in _CAST_FORMATS):
            outcome = LOST
        for each in node.nodes("args"):
            self._expression(scope, each, outcome)


def _qualifiers(query: Node) -> Iterator[Node]:
    """Yield the conditions of a query: WHERE and ON, HAVING, those of MERGE and of ON CONFLICT."""
    if tree := query.node("jointree"):
        yield from _join_conditions(tree)
    for name in ("havingQual", "mergeJoinCondition"):
        if node := query.node(name):
            yield node
    if conflict := query.node("onConflict"):
        yield from filter(None, (conflict.node("arbiterWhere"), conflict.node("onConflictWhere")))
    yield from (quals for action in query.nodes("mergeActionList") if (quals := action.node("qual")))


def _join_conditions(node: Node) -> Iterator[Node]:
    """Yield the conditions of a join tree, without going into the sub-queries within them."""
    for each in (*node.nodes("fromlist"), node.node("larg"), node.node("rarg")):
        if each:
            yield from _join_conditions(each)
    if quals := node.node("quals"):
        yield quals
