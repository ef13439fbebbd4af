"""MG04, its second half: a `search_path` that lets unqualified names through."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import find, parts
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk

_SETTING = "search_path"
_HARMLESS = frozenset({"", "pg_catalog", "pg_temp"})


def _check_set(node: Node, state: Walk) -> Iterator[Violation]:
    if node.get("name", "").lower() != _SETTING or node.get("kind") != "VAR_SET_VALUE":
        return
    schemas = [each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in node.get("args", ())]
    yield from _judge(schemas, find([_SETTING], state))


def _check_call(node: Node, state: Walk) -> Iterator[Violation]:
    if parts(node.get("funcname", []))[-1:] != ["set_config"]:
        return
    constants = [each.get("A_Const", {}) for each in node.get("args", ())]
    values = [each.get("sval", {}).get("sval") if "sval" in each else None for each in constants]
    if len(values) > 1 and values[0] == _SETTING and values[1] is not None:
        yield from _judge([each.strip().strip('"') for each in values[1].split(",")], node.get("location", 0))


def _judge(schemas: list[str], start: int) -> Iterator[Violation]:
    named = [each for each in schemas if each not in _HARMLESS]
    if named:
        yield Violation(
            "MG04",
            start,
            f"a search_path with {', '.join(named)} lets names without a schema through",
            "set it to '' and write every name with its schema",
        )


RULES = (Rule(("VariableSetStmt",), _check_set), Rule(("FuncCall",), _check_call))
