"""Walks a parse tree once: each node goes to the rules that ask for its kind, with the WITH names that it can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.names import SchemaNames

# A field whose type is fixed holds its node without the kind around it. Source: libpg_query, pg_query_outfuncs_json.c.
_KINDS = {
    "relation": "RangeVar",
    "rel": "RangeVar",
    "view": "RangeVar",
    "sequence": "RangeVar",
    "pktable": "RangeVar",
    "table": "RangeVar",
    "typevar": "RangeVar",
    "typeName": "TypeName",
    "returnType": "TypeName",
    "argType": "TypeName",
    "sourcetype": "TypeName",
    "targettype": "TypeName",
    "funccall": "FuncCall",
    "func": "ObjectWithArgs",
    "larg": "SelectStmt",
    "rarg": "SelectStmt",
}
_WRITES = frozenset({"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"})
# FOR UPDATE OF names aliases; the objects of DDL are for the rule on DDL, which knows what they are.
_NOT_ENTERED = frozenset({"lockedRels", "object", "objects"})
# Half of all nodes: below them are only the parts of a name or the value of a constant.
_LEAVES = frozenset({"ColumnRef", "A_Const", "ParamRef", "String"})


@dataclass(slots=True)
class Walk:
    """Where the walk is: the statement, the node's parent and field, and what a bare name can mean there.

    `ctes` are the WITH names in sight, `temporary` the relations that have no schema to name, `sql` the parsed text,
    `column` the one that the ALTER TABLE command at hand is about.
    """

    names: SchemaNames
    sql: bytes
    temporary: frozenset[str] = frozenset()
    statement: tuple[int, int] = (0, 0)
    parent: str = ""
    key: str = ""
    ctes: frozenset[str] = frozenset()
    column: str = ""
    found: list[Violation] = field(default_factory=list)


Check = Callable[[Node, Walk], Iterable[Violation]]


class Rule(NamedTuple):
    """A rule of the fast engine: the kinds of nodes it looks at, and what it finds in one."""

    kinds: tuple[str, ...]
    check: Check


def by_kind(rules: Iterable[Rule]) -> Mapping[str, tuple[Check, ...]]:
    """Index rules by the kinds that they look at."""
    table: defaultdict[str, list[Check]] = defaultdict(list)
    for rule in rules:
        for kind in rule.kinds:
            table[kind].append(rule.check)
    return {kind: tuple(checks) for kind, checks in table.items()}


def walk(statements: Iterable[Node], state: Walk, rules: Mapping[str, tuple[Check, ...]]) -> list[Violation]:
    """Visit every node of the statements and return what the rules find, in the order of the text."""
    for raw in statements:
        start = raw.get("stmt_location", 0)
        state.statement = (start, start + raw.get("stmt_len", len(state.sql) - start))
        state.ctes = frozenset()
        _enter("stmt", raw["stmt"], state, rules)
    return sorted(state.found, key=lambda each: each.start)


def _enter(key: str, value: Any, state: Walk, rules: Mapping[str, tuple[Check, ...]]) -> None:
    if type(value) is list:
        for each in value:
            _enter(key, each, state, rules)
        return
    if type(value) is not dict:
        return
    kind, node = _kind(key, value)
    state.key = key
    for check in rules.get(kind, ()):
        state.found += check(node, state)
    if kind in _LEAVES:
        return
    if kind == "AlterTableCmd":
        state.column = node.get("name", "")
    if "withClause" in node:
        _enter_with(kind, node, state, rules)
    else:
        _enter_fields(kind, node, state, rules)


def _kind(key: str, value: Node) -> tuple[str, Node]:
    if len(value) == 1:
        (kind,) = value
        if kind[0].isupper() and type(value[kind]) is dict:
            return kind, value[kind]
    return _KINDS.get(key, key), value


def _enter_fields(kind: str, node: Node, state: Walk, rules: Mapping[str, tuple[Check, ...]]) -> None:
    visible = state.ctes
    for key, value in node.items():
        if type(value) not in (dict, list) or key == "withClause":
            continue
        if key in _NOT_ENTERED and kind != "GrantStmt":
            value = list(_signatures(value))
        state.parent = kind
        if key == "relation" and kind in _WRITES:
            # What is written to is a table, whatever a WITH query is called.
            state.ctes = frozenset()
        _enter(key, value, state, rules)
        state.ctes = visible


def _signatures(value: Any) -> Iterator[Node]:
    """Yield the argument types of the routines that a DDL statement names; they are types like any other."""
    for each in value if type(value) is list else [value]:
        yield from each.get("ObjectWithArgs", {}).get("objargs", ()) if type(each) is dict else ()


def _enter_with(kind: str, node: Node, state: Walk, rules: Mapping[str, tuple[Check, ...]]) -> None:
    """Enter the WITH queries in turn: each sees the ones before it, all of them where the clause is RECURSIVE."""
    outer = state.ctes
    clause = node["withClause"]
    queries = [each["CommonTableExpr"] for each in clause.get("ctes", ())]
    every = outer | {each["ctename"] for each in queries}
    seen = every if clause.get("recursive") else outer
    for each in queries:
        state.ctes = seen
        _enter("CommonTableExpr", each, state, rules)
        seen |= {each["ctename"]}
    state.ctes = every
    _enter_fields(kind, node, state, rules)
    state.ctes = outer


def nodes(value: Any, kind: str) -> Iterator[Node]:
    """Yield every node of a kind that is wrapped in its name, anywhere below `value`."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if type(each) is dict:
            if kind in each:
                yield each[kind]
            waiting.extend(each.values())
        elif type(each) is list:
            waiting.extend(each)
