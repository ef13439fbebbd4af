"""AT11 to AT13: a LIKE pattern without escape, `= NULL`, `NOT IN (SELECT …)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.violation import Edit, Violation
from attune_sql.lint.fast.walk import Rule, Walk

_LIKE = frozenset({"AEXPR_LIKE", "AEXPR_ILIKE"})
_NULL_TESTS = {"=": "IS NULL", "<>": "IS NOT NULL"}


def bare(value: Any) -> Any:
    """Take the casts off an expression."""
    while "TypeCast" in value:
        value = value["TypeCast"].get("arg", {})
    return value


def _check_like(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("kind") not in _LIKE:
        return
    for parameter in _joined(node.get("rexpr", {})):
        yield Violation(
            "AT11",
            parameter.get("location", 0),
            "the parameter is joined into a LIKE pattern: its % and _ match anything",
            "escape them, or compare without LIKE: strpos(lower(x), lower(:y)) > 0, starts_with(x, :y)",
        )


def _joined(value: Any) -> Iterator[Node]:
    """Yield the parameters that are direct operands of `||`."""
    expression = bare(value).get("A_Expr")
    if not expression or [each["String"]["sval"] for each in expression.get("name", ())] != ["||"]:
        return
    for side in (expression.get("lexpr", {}), expression.get("rexpr", {})):
        if "ParamRef" in bare(side):
            yield bare(side)["ParamRef"]
        yield from _joined(side)


def _check_null(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("kind") != "AEXPR_OP" or len(node.get("name", ())) != 1:
        return
    operator = node["name"][0]["String"]["sval"]
    left, right = (bare(node.get(side, {})).get("A_Const", {}) for side in ("lexpr", "rexpr"))
    if operator not in _NULL_TESTS or not (left.get("isnull") or right.get("isnull")):
        return
    start = node.get("location", 0)
    edit = None
    if "A_Const" in node.get("rexpr", {}) and right.get("isnull"):
        end = right.get("location", 0) + len("NULL")
        edit = Edit(start, end, _NULL_TESTS[operator])
    yield Violation("AT12", start, f"{operator} NULL is never true", f"write {_NULL_TESTS[operator]}", edit)


def _check_not_in(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("boolop") != "NOT_EXPR":
        return
    for each in node.get("args", ()):
        link = each.get("SubLink", {})
        if link.get("subLinkType") == "ANY_SUBLINK" and "operName" not in link:
            yield Violation(
                "AT13",
                link.get("location", 0),
                "one NULL in the subquery makes NOT IN true for no row at all",
                "use NOT EXISTS",
            )


RULES = (
    Rule(("A_Expr",), _check_like),
    Rule(("A_Expr",), _check_null),
    Rule(("BoolExpr",), _check_not_in),
)
