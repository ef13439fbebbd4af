"""AT04: CREATE, ALTER, DROP or COMMENT of an object without the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import find, parts, relation_parts, wrong
from attune_sql.lint.fast.violation import Violation
from attune_sql.lint.fast.walk import Rule, Walk

# Statement and field that hold the relation which is created …
_CREATED = frozenset(
    {
        ("CreateStmt", "relation"),
        ("CreateForeignTableStmt", "base"),
        ("CompositeTypeStmt", "typevar"),
        ("CreateSeqStmt", "sequence"),
        ("ViewStmt", "view"),
        ("into", "rel"),
    }
)
# … or changed: an index, a trigger, a policy and a rule have the schema of their table.
_CHANGED = frozenset(
    {
        ("AlterObjectSchemaStmt", "relation"),
        ("AlterPolicyStmt", "table"),
        ("AlterSeqStmt", "sequence"),
        ("AlterTableStmt", "relation"),
        ("CreatePolicyStmt", "table"),
        ("CreateTrigStmt", "relation"),
        ("IndexStmt", "relation"),
        ("RenameStmt", "relation"),
        ("RuleStmt", "relation"),
    }
)
# Statement, field with the dotted name, and what it names.
_NAMED = {
    "CreateFunctionStmt": ("funcname", "function"),
    "CreateEnumStmt": ("typeName", "type"),
    "CreateRangeStmt": ("typeName", "type"),
    "AlterEnumStmt": ("typeName", "type"),
    "CreateDomainStmt": ("domainname", "type"),
    "AlterDomainStmt": ("typeName", "type"),
    "CreateStatsStmt": ("defnames", "statistics"),
    "AlterStatsStmt": ("defnames", "statistics"),
}
_DEFINED = {"OBJECT_AGGREGATE": "aggregate", "OBJECT_TYPE": "type", "OBJECT_COLLATION": "collation"}
# Objects that are named by the relation they belong to, then a name of their own.
_OF_RELATION = frozenset({"OBJECT_COLUMN", "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE", "OBJECT_TABCONSTRAINT"})
_OF_SCHEMA = {
    "OBJECT_TABLE": "table",
    "OBJECT_VIEW": "view",
    "OBJECT_MATVIEW": "materialized view",
    "OBJECT_FOREIGN_TABLE": "table",
    "OBJECT_INDEX": "index",
    "OBJECT_SEQUENCE": "sequence",
    "OBJECT_TYPE": "type",
    "OBJECT_DOMAIN": "type",
    "OBJECT_FUNCTION": "function",
    "OBJECT_PROCEDURE": "procedure",
    "OBJECT_ROUTINE": "routine",
    "OBJECT_AGGREGATE": "aggregate",
    "OBJECT_COLLATION": "collation",
    "OBJECT_STATISTIC_EXT": "statistics",
}


def is_ddl_object(state: Walk) -> bool:
    """Tell whether the relation at hand is the object of a DDL statement, which this rule reports and AT01 does not."""
    return (state.parent, state.key) in _CREATED | _CHANGED


def _check_relation(node: Node, state: Walk) -> Iterator[Violation]:
    if not is_ddl_object(state) or node.get("relpersistence") == "t" or node["relname"] in state.temporary:
        return
    what = {"sequence": "sequence", "typevar": "type", "view": "view"}.get(state.key, "table")
    known = (state.parent, state.key) in _CREATED or _is_ours(what, node["relname"], state)
    if violation := wrong("AT04", what, relation_parts(node), node.get("location", 0), state, known=known):
        yield violation


def _check_owner(node: Node, state: Walk) -> Iterator[Violation]:
    """Look at the column after OWNED BY of a sequence."""
    for each in node.get("options", ()):
        option = each["DefElem"]
        if option["defname"] == "owned_by":
            owner = parts(option["arg"]["List"]["items"])
            yield from _judge("table", owner[:-1], state, full=owner)


def _is_ours(what: str, name: str, state: Walk) -> bool:
    names = state.names
    if what in ("function", "procedure", "routine", "aggregate"):
        return name in names.functions
    return name in (names.types if what == "type" else names.relations | names.sequences)


def _named(kind: str) -> Rule:
    field, what = _NAMED[kind]

    def check(node: Node, state: Walk) -> Iterator[Violation]:
        yield from _judge(what, parts(node.get(field, [])), state, is_new=kind.startswith("Create"))

    return Rule((kind,), check)


def _check_define(node: Node, state: Walk) -> Iterator[Violation]:
    if what := _DEFINED.get(node.get("kind", "")):
        yield from _judge(what, parts(node.get("defnames", [])), state, is_new=True)


def _check_object(node: Node, state: Walk) -> Iterator[Violation]:
    kind = node.get("objtype") or node.get("removeType") or node.get("renameType") or node.get("objectType") or ""
    objects = node.get("objects") or [node.get("object") or {"ObjectWithArgs": node.get("func") or {}}]
    for each in objects:
        name = _name(each)
        if kind in _OF_RELATION:
            yield from _judge("table", name[:-1], state, full=name)
        elif kind in _OF_SCHEMA:
            yield from _judge(_OF_SCHEMA[kind], name, state)


def _name(value: Any) -> list[str]:
    if "List" in value:
        return parts(value["List"]["items"])
    if "TypeName" in value:
        return parts(value["TypeName"].get("names", []))
    if "ObjectWithArgs" in value:
        return parts(value["ObjectWithArgs"].get("objname", []))
    return []


def _judge(
    what: str, name: list[str], state: Walk, full: list[str] | None = None, *, is_new: bool = False
) -> Iterator[Violation]:
    if not name or (len(name) == 1 and name[0] in state.temporary):
        return
    if len(name) > 1 and name[-2] == state.names.schema:
        return
    start = find(full or name, state)
    if full and state.sql[start : start + len(name[0])].decode(errors="replace").lower() != name[0].lower():
        # A trigger stands before its table: COMMENT ON TRIGGER noted ON pack.
        start = find(name, state)
    if violation := wrong("AT04", what, name, start, state, known=is_new or _is_ours(what, name[-1], state)):
        yield violation


RULES = (
    Rule(("RangeVar",), _check_relation),
    *map(_named, _NAMED),
    Rule(("DefineStmt",), _check_define),
    Rule(("CreateSeqStmt", "AlterSeqStmt"), _check_owner),
    Rule(
        ("DropStmt", "CommentStmt", "RenameStmt", "AlterOwnerStmt", "AlterObjectSchemaStmt", "AlterFunctionStmt"),
        _check_object,
    ),
)
