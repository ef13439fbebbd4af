"""AT11 to AT13: a LIKE pattern without escape, `= NULL`, `NOT IN (SELECT …)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import parts
from attune_sql.lint.fast.violation import Edit, Violation
from attune_sql.lint.fast.walk import Rule, Walk

_LIKE = frozenset({"AEXPR_LIKE", "AEXPR_ILIKE"})
_JOINING = frozenset({"concat", "concat_ws", "format"})
_NULL_TESTS = {"=": "IS", "<>": "IS NOT"}


def bare(value: Any) -> Any:
    """Take the casts off an expression."""
    while "TypeCast" in value:
        value = value["TypeCast"].get("arg", {})
    return value


def _check_like(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("kind") not in _LIKE:
        return
    pattern = node.get("rexpr", {})
    for parameter in _in_pattern(pattern) if _joins(pattern) else ():
        yield Violation(
            "AT11",
            parameter.get("location", 0),
            "the parameter is joined into a LIKE pattern: its % and _ match anything",
            "escape them, or compare without LIKE: strpos(lower(x), lower(:y)) > 0, starts_with(x, :y)",
        )
        return


def _joins(value: Any) -> bool:
    """Tell whether a pattern is put together: by `||`, or by a function that does the same."""
    expression = bare(value)
    return parts(expression.get("A_Expr", {}).get("name", ())) == ["||"] or _function(expression) in _JOINING


def _in_pattern(value: Any) -> Iterator[Node]:
    """Yield the parameters that become part of the pattern as they are: not the arguments of replace() and the like."""
    expression = bare(value)
    if "ParamRef" in expression:
        yield expression["ParamRef"]
    elif "A_Expr" in expression:
        for side in ("lexpr", "rexpr"):
            yield from _in_pattern(expression["A_Expr"].get(side, {}))
    elif _function(expression) in _JOINING:
        for each in expression["FuncCall"].get("args", ()):
            yield from _in_pattern(each)


def _function(expression: Any) -> str:
    return next(iter(parts(expression.get("FuncCall", {}).get("funcname", []))[-1:]), "")


def _check_null(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("kind") != "AEXPR_OP" or len(node.get("name", ())) != 1:
        return
    operator = node["name"][0]["String"]["sval"]
    left, right = (bare(node.get(side, {})).get("A_Const", {}) for side in ("lexpr", "rexpr"))
    if operator not in _NULL_TESTS or not (left.get("isnull") or right.get("isnull")):
        return
    edit = None
    if "A_Const" in node.get("rexpr", {}) and right.get("isnull"):
        edit = _null_test(node.get("location", 0), right.get("location", 0), _NULL_TESTS[operator], state.sql)
    message = f"{operator} NULL is never true"
    yield Violation("AT12", node.get("location", 0), message, f"write {_NULL_TESTS[operator]} NULL", edit)


def _null_test(start: int, null: int, words: str, sql: bytes) -> Edit:
    """Put the words in the place of the operator, in the case of NULL, with the blanks that an operator needs not."""
    end = start + (1 if sql[start : start + 1] == b"=" else 2)
    words = words if sql[null : null + 4].isupper() else words.lower()
    before = "" if sql[start - 1 : start].isspace() else " "
    after = "" if sql[end : end + 1].isspace() else " "
    return Edit(start, end, f"{before}{words}{after}")


def _check_all(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("subLinkType") == "ALL_SUBLINK" and parts(node.get("operName", [])) == ["<>"]:
        # The link begins at its operator.
        yield _one_null(node.get("location", 0), "<> ALL (SELECT …)")


def _check_not_in(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("boolop") != "NOT_EXPR":
        return
    for each in node.get("args", ()):
        link = each.get("SubLink", {})
        if link.get("subLinkType") == "ANY_SUBLINK" and "operName" not in link:
            yield _one_null(link.get("location", 0), "NOT IN (SELECT …)")


def _one_null(start: int, what: str) -> Violation:
    return Violation("AT13", start, f"{what} is true for no row once the subquery has a NULL", "use NOT EXISTS")


RULES = (
    Rule(("A_Expr",), _check_like),
    Rule(("A_Expr",), _check_null),
    Rule(("BoolExpr",), _check_not_in),
    Rule(("SubLink",), _check_all),
)
