"""UNION, INTERSECT and EXCEPT: which arm's NULLs come through."""

from __future__ import annotations

from attune_sql.describe.nullability.result_type import result_type
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.verdict import Verdict, unknown
from attune_sql.describe.query_tree import Node

# parsenodes.h: SetOperation
_UNION, _INTERSECT, _EXCEPT = 1, 2, 3
_WORDS = {_UNION: "UNION", _INTERSECT: "INTERSECT", _EXCEPT: "EXCEPT"}

# Oids from here on are of types that somebody made (transam.h, FirstNormalObjectId).
_FIRST_OF_OURS = 16384


def arms(query: Node, scope: Scope, judge: Judge) -> list[Verdict]:
    """Judge the columns of a set operation."""
    operation = query.node("setOperations")
    assert operation is not None
    return _arm(operation, scope, judge)


def _arm(node: Node, scope: Scope, judge: Judge) -> list[Verdict]:
    if node.name == "RANGETBLREF":
        query = scope.entry(node.number("rtindex")).node("subquery")
        assert query is not None
        return judge.query(query, scope)
    left, right = node.node("larg"), node.node("rarg")
    assert left is not None
    assert right is not None
    kind, types = node.number("op"), node.numbers("colTypes")
    one = _converted(_arm(left, scope, judge), left, types, scope)
    other = _converted(_arm(right, scope, judge), right, types, scope)
    return [_combined(kind, first, second) for first, second in zip(one, other, strict=True)]


def _combined(kind: int, left: Verdict, right: Verdict) -> Verdict:
    if kind == _EXCEPT:
        return left.within("left arm of EXCEPT")
    if kind == _INTERSECT:
        # A row is in both arms, and one of them has no NULL.
        return (right if left.nullable else left).within("an arm of INTERSECT")
    return (right if right.nullable and (not left.nullable or left.unknown) else left).within("an arm of UNION")


def _converted(verdicts: list[Verdict], arm: Node, types: list[int], scope: Scope) -> list[Verdict]:
    """Distrust an arm's column that is converted from or to a type that is not PostgreSQL's own: by an unseen cast."""
    return [
        verdict if found in (wanted, 0) or max(found, wanted) < _FIRST_OF_OURS else unknown("a cast between the arms")
        for verdict, found, wanted in zip(verdicts, _types(arm, scope, len(types)), types, strict=True)
    ]


def _types(arm: Node, scope: Scope, count: int) -> list[int]:
    if arm.name != "RANGETBLREF":
        return arm.numbers("colTypes")
    query = scope.entry(arm.number("rtindex")).node("subquery")
    targets = query.nodes("targetList") if query is not None else []
    shown = [each.node("expr") for each in targets if not each.flag("resjunk")]
    types = [result_type(each) if each else 0 for each in shown]
    return types if len(types) == count else [0] * count
