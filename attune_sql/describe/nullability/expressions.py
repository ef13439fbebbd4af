"""Expressions other than calls: columns, constants, parameters, casts, CASE, COALESCE, rows, arrays, tests."""

from __future__ import annotations

from collections.abc import Callable

from attune_sql.describe.nullability.narrowing import Narrowing
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown, worst
from attune_sql.describe.query_tree import Node

Rule = Callable[[Node, Scope, Judge], Verdict]

# primnodes.h: ParamKind, SVFOP_CURRENT_SCHEMA
_EXTERNAL, _SUBLINK = 0, 2
_CURRENT_SCHEMA = 14


def _constant(node: Node, scope: Scope, judge: Judge) -> Verdict:
    if node.flag("constisnull"):
        return maybe("a literal NULL", node.location)
    return never("a literal", node.location)


def _parameter(node: Node, scope: Scope, judge: Judge) -> Verdict:
    number = node.number("paramid")
    if node.number("paramkind") == _SUBLINK and scope.sublink is not None and number <= len(scope.sublink):
        return scope.sublink[number - 1]
    if node.number("paramkind") == _EXTERNAL:
        if judge.catalogue.refuses_null(node.number("paramtype")):
            return never(f"the domain of parameter ${number} refuses NULL", node.location)
        return maybe(f"parameter ${number} can be NULL", node.location)
    return unknown("a value of a sub-query that may have no row", node.location)


def _same_as_argument(node: Node, scope: Scope, judge: Judge) -> Verdict:
    argument = node.node("arg")
    assert argument is not None
    return judge.expression(argument, scope).at(node.location)


def _domain_cast(node: Node, scope: Scope, judge: Judge) -> Verdict:
    if judge.catalogue.refuses_null(node.number("resulttype")):
        return never("its domain refuses NULL", node.location)
    return _same_as_argument(node, scope, judge)


def _coalesce(node: Node, scope: Scope, judge: Judge) -> Verdict:
    return _first_present(node, scope, judge, "COALESCE")


def _greatest(node: Node, scope: Scope, judge: Judge) -> Verdict:
    return _first_present(node, scope, judge, "LEAST" if node.number("op") else "GREATEST")


def _first_present(node: Node, scope: Scope, judge: Judge, word: str) -> Verdict:
    verdicts = [judge.expression(each, scope) for each in node.nodes("args")]
    present = next((each for each in verdicts if not each.nullable), None)
    if present is not None:
        return never(f"{word} with an argument that is not null ({present.text})", node.location)
    return verdicts[-1].within(f"every argument of {word} can be NULL, the last one as").at(node.location)


def _nullif(node: Node, scope: Scope, judge: Judge) -> Verdict:
    return maybe("NULLIF gives NULL for equal values", node.location)


def _case(node: Node, scope: Scope, judge: Judge) -> Verdict:
    """Judge each branch with what its condition, and the failing of the ones before, let through."""
    narrowing = Narrowing(judge.catalogue, "a condition of the CASE lets no NULL through", scope.whole)
    compares = node.node("arg") is not None
    verdicts: list[Verdict] = []
    for when in node.nodes("args"):
        condition, result = when.node("expr"), when.node("result")
        assert result is not None
        verdicts.append(judge.expression(result, scope if compares else scope.knowing(narrowing.if_true(condition))))
        if not compares:
            scope = scope.knowing(narrowing.if_not_true(condition))
    default = node.node("defresult")
    if default is None or (default.name == "CONST" and default.flag("constisnull")):
        # Without ELSE the tree has a NULL of its own, which stands nowhere.
        written = default.location if default is not None else -1
        return maybe("ELSE NULL", written) if written >= 0 else maybe("CASE without ELSE", node.location)
    verdicts.append(judge.expression(default, scope))
    found = worst(verdicts)
    if found is not None:
        return found.within("a branch of the CASE").at(node.location)
    return never("no branch of the CASE is NULL", node.location)


def _all_parts(node: Node, scope: Scope, judge: Judge) -> Verdict:
    found = worst([judge.expression(each, scope) for each in node.nodes("args")])
    return found.at(node.location) if found else never("no operand can be NULL", node.location)


def _always(text: str) -> Rule:
    def rule(node: Node, scope: Scope, judge: Judge) -> Verdict:
        return never(text, node.location)

    return rule


def _session_value(node: Node, scope: Scope, judge: Judge) -> Verdict:
    if node.number("op") == _CURRENT_SCHEMA:
        return maybe("current_schema is NULL under an empty search path", node.location)
    return never("a value of the session", node.location)


def _field(node: Node, scope: Scope, judge: Judge) -> Verdict:
    return unknown("a field of a composite value", node.location)


def _element(node: Node, scope: Scope, judge: Judge) -> Verdict:
    return maybe("an element or slice that may not be there", node.location)


def _json_constructor(node: Node, scope: Scope, judge: Judge) -> Verdict:
    # primnodes.h: JsonConstructorType; 1 and 2 are JSON_OBJECT and JSON_ARRAY, 5 to 7 take one value.
    kind = node.number("type")
    if node.node("coercion") is not None and kind not in (5, 6, 7):
        return unknown("a JSON constructor with RETURNING", node.location)
    if kind in (1, 2):
        return never("JSON_OBJECT and JSON_ARRAY always give a value", node.location)
    if kind in (3, 4):
        return unknown("a JSON aggregate", node.location)
    return _all_parts(node, scope, judge)


def _json_value(node: Node, scope: Scope, judge: Judge) -> Verdict:
    inner = node.node("formatted_expr") or node.node("raw_expr")
    return judge.expression(inner, scope) if inner is not None else unknown("a JSON value", node.location)


def _json_test(node: Node, scope: Scope, judge: Judge) -> Verdict:
    tested = node.node("expr")
    assert tested is not None
    return judge.expression(tested, scope).at(node.location)


RULES: dict[str, Rule] = {
    "CONST": _constant,
    "PARAM": _parameter,
    "RELABELTYPE": _same_as_argument,
    "COERCEVIAIO": _same_as_argument,
    "ARRAYCOERCEEXPR": _same_as_argument,
    "CONVERTROWTYPEEXPR": _same_as_argument,
    "COLLATEEXPR": _same_as_argument,
    "NAMEDARGEXPR": _same_as_argument,
    "COERCETODOMAIN": _domain_cast,
    "COALESCEEXPR": _coalesce,
    "MINMAXEXPR": _greatest,
    "NULLIFEXPR": _nullif,
    "CASEEXPR": _case,
    "BOOLEXPR": _all_parts,
    "NULLTEST": _always("IS NULL is true or false"),
    "BOOLEANTEST": _always("IS TRUE and the like are true or false"),
    "ROWEXPR": _always("a row"),
    "ARRAYEXPR": _always("an array"),
    "SQLVALUEFUNCTION": _session_value,
    "NEXTVALUEEXPR": _always("the next value of a sequence"),
    "MERGESUPPORTFUNC": _always("merge_action() always gives a value"),
    "GROUPINGFUNC": _always("GROUPING always gives a number"),
    "FIELDSTORE": _always("a composite value"),
    "FIELDSELECT": _field,
    "SUBSCRIPTINGREF": _element,
    "JSONCONSTRUCTOREXPR": _json_constructor,
    "JSONVALUEEXPR": _json_value,
    "JSONISPREDICATE": _json_test,
}
