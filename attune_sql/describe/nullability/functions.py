"""Calls of functions and operators."""

from __future__ import annotations

import sys

from attune_sql.describe.nullability.catalogue import Function
from attune_sql.describe.nullability.elements import array_elements, elements
from attune_sql.describe.nullability.expressions import Rule
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.total import (
    FIRST_DECIDES,
    MONOTONIC_FIELDS,
    NEVER_NULL,
    is_total,
    is_total_cast,
)
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, unknown, worst
from attune_sql.describe.query_tree import Node

# primnodes.h: CoercionForm
_EXPLICIT_CAST, _IMPLICIT_CAST = 1, 2

# pg_type.dat: int8, int2, int4
_INTEGERS = (20, 21, 23)


def _function(node: Node, scope: Scope, judge: Judge) -> Verdict:
    function = judge.catalogue.function(node.number("funcid"))
    if function is None:
        return unknown("a function that the catalogue does not know", node.location)
    if node.flag("funcretset"):
        return _set_in_list(node, function, scope, judge)
    return call(node, function, scope, judge)


def call(node: Node, function: Function, scope: Scope, judge: Judge) -> Verdict:
    """Judge one call of a function that gives one value."""
    arguments = node.nodes("args")
    shown = f"{function.shown}()"
    spread = node.flag("funcvariadic")
    if function.built_in and function.name in NEVER_NULL and not spread:
        return never(f"{shown} always gives a value", node.location)
    if function.built_in and function.name in FIRST_DECIDES and not spread and is_total(function):
        arguments = arguments[:1]
    elif function.built_in and function.name == "array_cat":
        return _either(node, scope, judge)
    elif function.built_in and function.name in ("extract", "date_part"):
        if not is_total(function) and not _is_monotonic(arguments[0]):
            return maybe("a part of infinity is NULL", node.location)
        arguments = arguments[1:]
    elif is_cast(node):
        if not is_total_cast(function):
            return _given(node, function, scope, judge)
    elif not is_total(function):
        return _given(node, function, scope, judge)
    found = worst([judge.expression(each, scope) for each in arguments])
    if found is not None:
        return found.at(node.location)
    return never("a cast of a value" if is_cast(node) else f"{shown} of values gives a value", node.location)


def is_cast(node: Node) -> bool:
    """Tell whether a call stands for a cast."""
    return node.number("funcformat") in (_EXPLICIT_CAST, _IMPLICIT_CAST)


def _given(node: Node, function: Function, scope: Scope, judge: Judge) -> Verdict:
    """Judge a function of which it is not known that it gives a value for values: NULL in is still a better reason."""
    if function.strict:
        found = worst([judge.expression(each, scope) for each in node.nodes("args")])
        if found is not None and not found.unknown:
            return found.at(node.location)
    if function.built_in:
        return maybe(f"{function.shown}() can give NULL", node.location)
    return unknown(f"{function.shown}() is not known to always give a value", node.location)


def _either(node: Node, scope: Scope, judge: Judge) -> Verdict:
    verdicts = [judge.expression(each, scope) for each in node.nodes("args")]
    present = next((each for each in verdicts if not each.nullable), None)
    return never("one of the arrays is there", node.location) if present else verdicts[0].at(node.location)


def _is_monotonic(field: Node) -> bool:
    text = constant_text(field)
    return text is not None and text.lower() in MONOTONIC_FIELDS


def constant_text(node: Node) -> str | None:
    """Return the characters of a text literal, None for anything else."""
    value = node.fields.get("constvalue")
    if node.name != "CONST" or not isinstance(value, str) or "[" not in value:
        return None
    content = bytes(int(each) % 256 for each in value.split()[2:-1])
    return content[4:].decode("ascii", "replace")


def constant_number(node: Node) -> int | None:
    """Return a bigint or integer literal, cast or not, None for anything else."""
    while node.name == "FUNCEXPR" and is_cast(node) and len(node.nodes("args")) == 1:
        node = node.nodes("args")[0]
    value = node.fields.get("constvalue")
    if node.name != "CONST" or not isinstance(value, str) or node.number("consttype") not in _INTEGERS:
        return None
    content = bytes(int(each) % 256 for each in value.split()[2:-1])
    return int.from_bytes(content, sys.byteorder, signed=True)


def _set_in_list(node: Node, function: Function, scope: Scope, judge: Judge) -> Verdict:
    """Judge a set-returning function in a select list: the shorter of several is filled up with NULLs."""
    if sets_in_list(scope.query) > 1:
        return maybe("one of several set-returning functions in the select list ends first", node.location)
    found = elements(node, function, 1, scope, judge)
    return found[0].at(node.location) if found else unknown(f"the rows of {function.shown}()", node.location)


def sets_in_list(query: Node) -> int:
    """Count the set-returning functions in a select list, those that are only sorted by too."""
    count = 0
    pending = [*query.nodes("targetList")]
    while pending:
        node = pending.pop()
        count += node.flag("funcretset") or node.flag("opretset")
        if node.name != "QUERY":
            pending.extend(node.inner())
    return count


def _operator(node: Node, scope: Scope, judge: Judge) -> Verdict:
    operator = judge.catalogue.operator(node.number("opno"))
    function = judge.catalogue.function(operator.function) if operator else None
    if operator is None or function is None or node.flag("opretset"):
        return unknown("an operator that the catalogue does not know", node.location)
    verdicts = [judge.expression(each, scope) for each in node.nodes("args")]
    if operator.built_in and function.built_in and function.name in NEVER_NULL:
        return never(f"{operator.name} with an element always gives an array", node.location)
    if function.built_in and function.name == "array_cat":
        return _either(node, scope, judge)
    found = worst(verdicts)
    if found is not None and (function.strict or is_total(function, operator)) and not found.unknown:
        return found.at(node.location)
    if not is_total(function, operator):
        if function.built_in:
            return maybe(f"{operator.name} can give NULL", node.location)
        return unknown(f"{operator.name} is not known to always give a value", node.location)
    return found.at(node.location) if found else never(f"{operator.name} of values gives a value", node.location)


def _any_of_array(node: Node, scope: Scope, judge: Judge) -> Verdict:
    """Judge `x = ANY (array)` and `x IN (1, 2)`: NULL elements make it NULL too."""
    operator = judge.catalogue.operator(node.number("opno"))
    function = judge.catalogue.function(operator.function) if operator else None
    scalar, array = node.nodes("args")
    if operator is None or function is None or not is_total(function, operator):
        return unknown("a comparison with an array by an operator that is not known", node.location)
    found = worst(
        [judge.expression(scalar, scope), judge.expression(array, scope), array_elements(array, scope, judge)]
    )
    return found.at(node.location) if found else never(f"{operator.name} of values gives a value", node.location)


def _distinct(node: Node, scope: Scope, judge: Judge) -> Verdict:
    """Judge IS DISTINCT FROM, which asks the operator `=` where both sides have a value."""
    operator = judge.catalogue.operator(node.number("opno"))
    function = judge.catalogue.function(operator.function) if operator else None
    if operator is None or function is None or not (operator.built_in and function.built_in):
        return unknown("IS DISTINCT FROM by an operator that is not known", node.location)
    return never("IS DISTINCT FROM is true or false", node.location)


def _row_comparison(node: Node, scope: Scope, judge: Judge) -> Verdict:
    arguments = [*node.nodes("largs"), *node.nodes("rargs")]
    for oid in node.numbers("opnos"):
        operator = judge.catalogue.operator(oid)
        function = judge.catalogue.function(operator.function) if operator else None
        if operator is None or function is None or not is_total(function, operator):
            return unknown("a comparison of rows by an operator that is not known", node.location)
    found = worst([judge.expression(each, scope) for each in arguments])
    return found.at(node.location) if found else never("a comparison of values", node.location)


RULES: dict[str, Rule] = {
    "FUNCEXPR": _function,
    "OPEXPR": _operator,
    "DISTINCTEXPR": _distinct,
    "SCALARARRAYOPEXPR": _any_of_array,
    "ROWCOMPAREEXPR": _row_comparison,
}
