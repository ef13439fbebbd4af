"""Conditions → facts: of which expressions a condition lets no NULL through.

`if_true`, `if_false` and `if_known` say what is not NULL once a condition came out true, false, or not NULL. Source:
PostgreSQL manual, "Comparison Functions and Operators"; PostgreSQL, clauses.c (find_nonnullable_vars).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attune_sql.describe.nullability.catalogue import Catalogue
from attune_sql.describe.nullability.keys import UNREADABLE, Key, key
from attune_sql.describe.nullability.scope import Fact, Facts
from attune_sql.describe.query_tree import Node

# primnodes.h: NullTestType, BoolTestType, SubLinkType
_IS_NULL, _IS_NOT_NULL = 0, 1
_IS_TRUE, _IS_NOT_TRUE, _IS_FALSE, _IS_NOT_FALSE, _IS_UNKNOWN, _IS_NOT_UNKNOWN = range(6)
_ANY_SUBLINK = 2

_SIMPLIFIED = frozenset({"range_contains_elem", "elem_contained_by_range"})
"""Strict functions that the planner makes true for the range (,), whatever the element (rangetypes.c, since 17)."""

_TRANSPARENT = frozenset(
    {
        "RELABELTYPE",
        "COERCEVIAIO",
        "ARRAYCOERCEEXPR",
        "CONVERTROWTYPEEXPR",
        "COLLATEEXPR",
        "COERCETODOMAIN",
        "NAMEDARGEXPR",
    }
)


class Narrowing:
    """Reads conditions of one stage; `opaque` are keys of expressions that must be taken whole (grouped ones)."""

    def __init__(self, catalogue: Catalogue, what: str, opaque: frozenset[Key] = frozenset()) -> None:
        self._catalogue = catalogue
        self._what = what
        self._opaque = opaque

    def if_true(self, condition: Node | None) -> Facts:
        """Return what is not NULL in the rows for which the condition is true."""
        if condition is None:
            return {}
        match condition.name:
            case "BOOLEXPR":
                arguments = condition.nodes("args")
                match condition.text("boolop"):
                    case "and":
                        return _union(self.if_true(each) for each in arguments)
                    case "or":
                        return _common([self.if_true(each) for each in arguments])
                    case _:
                        return self.if_false(arguments[0])
            case "NULLTEST" if condition.number("nulltesttype") == _IS_NOT_NULL:
                return self._not_null(condition)
            case "BOOLEANTEST":
                argument = condition.node("arg")
                match condition.number("booltesttype"):
                    case 0:
                        return self.if_true(argument)
                    case 2:
                        return self.if_false(argument)
                    case 5:
                        return self.if_known(argument)
                return {}
            case "SCALARARRAYOPEXPR":
                # Of ANY, true means that an element was compared; of ALL, the array may have been empty.
                facts = self.if_known(condition)
                if condition.flag("useOr") and self._strict(condition):
                    facts.update(self.if_known(condition.nodes("args")[0]))
                return facts
            case "SUBLINK" if condition.number("subLinkType") == _ANY_SUBLINK:
                return self.if_true(condition.node("testexpr"))
        return self.if_known(condition)

    def if_false(self, condition: Node | None) -> Facts:
        """Return what is not NULL in the rows for which the condition is false (and not NULL)."""
        if condition is None:
            return {}
        if condition.name == "BOOLEXPR":
            arguments = condition.nodes("args")
            match condition.text("boolop"):
                case "and":
                    return _common([self.if_false(each) for each in arguments])
                case "or":
                    return _union(self.if_false(each) for each in arguments)
                case _:
                    return self.if_true(arguments[0])
        if condition.name == "NULLTEST" and condition.number("nulltesttype") == _IS_NULL:
            return self._present(condition)
        if condition.name == "DISTINCTEXPR":
            left, right = condition.nodes("args")
            return {
                **(self.if_known(left) if _is_value(right) else {}),
                **(self.if_known(right) if _is_value(left) else {}),
            }
        if condition.name in ("BOOLEANTEST", "SUBLINK"):
            return {}
        return self.if_known(condition)

    def if_not_true(self, condition: Node | None) -> Facts:
        """Return what is not NULL in the rows for which the condition is false or NULL."""
        if condition is None:
            return {}
        if condition.name == "NULLTEST" and condition.number("nulltesttype") == _IS_NULL:
            return self._present(condition)
        if condition.name == "BOOLEXPR" and condition.text("boolop") == "or":
            return _union(self.if_not_true(each) for each in condition.nodes("args"))
        if condition.name == "BOOLEXPR" and condition.text("boolop") == "and":
            return _common([self.if_not_true(each) for each in condition.nodes("args")])
        if condition.name == "BOOLEXPR" and (inner := condition.nodes("args")[0]).name == "NULLTEST":
            return self.if_true(inner)
        return {}

    def if_known(self, expression: Node | None) -> Facts:
        """Return what is not NULL where the expression is not NULL: itself, and what it is computed from."""
        if expression is None or expression.name in ("CONST", "SUBLINK"):
            return {}
        if UNREADABLE in self._opaque and expression.name != "VAR":
            return {}
        own = key(expression, self._catalogue)
        fact: Fact = (self._what, expression.location)
        facts: Facts = {own: fact} if own is not None and expression.name != "BOOLEXPR" else {}
        if own is not None and own in self._opaque:
            return facts
        for argument in self._needed(expression):
            facts.update(self.if_known(argument))
        return facts

    def _needed(self, expression: Node) -> Sequence[Node]:
        """Return the parts of which none can be NULL when the whole is not NULL."""
        name = expression.name
        if name in _TRANSPARENT:
            return list(_some(expression.node("arg")))
        if name in ("OPEXPR", "FUNCEXPR"):
            return expression.nodes("args") if self._strict(expression) else []
        if name == "NULLIFEXPR":
            return expression.nodes("args")[:1]
        if name == "SCALARARRAYOPEXPR":
            scalar, array = expression.nodes("args")
            listed = array.name == "ARRAYEXPR" and bool(array.nodes("elements")) and not array.flag("multidims")
            compares = listed and self._strict(expression)
            return [scalar, array] if compares else [array]
        if name == "ROWCOMPAREEXPR":
            return [*expression.nodes("largs")[:1], *expression.nodes("rargs")[:1]]
        if name == "SUBSCRIPTINGREF" and expression.node("refassgnexpr") is None:
            return list(_some(expression.node("refexpr")))
        if name == "FIELDSELECT":
            return list(_some(expression.node("arg")))
        return []

    def _strict(self, expression: Node) -> bool:
        if expression.name == "FUNCEXPR":
            oid = expression.number("funcid")
        else:
            operator = self._catalogue.operator(expression.number("opno"))
            oid = operator.function if operator else 0
        function = self._catalogue.function(oid)
        return function is not None and function.strict and not (function.built_in and function.name in _SIMPLIFIED)

    def _not_null(self, test: Node) -> Facts:
        argument = test.node("arg")
        if argument is None:
            return {}
        if argument.name == "ROWEXPR":
            return _union(self.if_known(each) for each in argument.nodes("args"))
        return self.if_known(argument)

    def _present(self, test: Node) -> Facts:
        """Read `NOT (… IS NULL)`: of a row it only says that it is there, and that some field is not NULL."""
        argument = test.node("arg")
        return {} if argument is None or argument.name == "ROWEXPR" else self.if_known(argument)


def _is_value(expression: Node) -> bool:
    return expression.name == "CONST" and not expression.flag("constisnull")


def _some(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else (node,)


def _union(all_facts: Iterable[Facts]) -> Facts:
    found: Facts = {}
    for facts in all_facts:
        found = {**facts, **found}
    return found


def _common(all_facts: Sequence[Facts]) -> Facts:
    first, *rest = all_facts
    return {found: fact for found, fact in first.items() if all(found in each for each in rest)}
