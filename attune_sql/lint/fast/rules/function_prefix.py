"""AT03: a function or sequence of the schema without its prefix, also where it is named in a string."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import find, parts, wrong
from attune_sql.lint.fast.violation import Edit, Violation
from attune_sql.lint.fast.walk import Rule, Walk

_SEQUENCE_FUNCTIONS = frozenset({"nextval", "currval", "setval"})
_NAMING_TYPES = {
    "regclass": "relation",
    "regtype": "type",
    "regproc": "function",
    "regprocedure": "function",
}


def _check_call(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("funcname", []))
    if name and name[-1] in state.names.functions:
        if violation := wrong("AT03", "function", name, node.get("location", 0), state):
            yield violation
        return
    arguments = node.get("args") or []
    if name and name[-1] in _SEQUENCE_FUNCTIONS and arguments:
        yield from _check_text("sequence", arguments[0], state)
    elif name and name[-1].startswith("to_reg") and name[-1][3:] in _NAMING_TYPES and arguments:
        yield from _check_text(_NAMING_TYPES[name[-1][3:]], arguments[0], state)


def _check_cast(node: Node, state: Walk) -> Iterator[Violation]:
    kind = parts(node.get("typeName", {}).get("names", []))
    if kind and kind[-1] in _NAMING_TYPES and state.parent != "FuncCall":
        yield from _check_text(_NAMING_TYPES[kind[-1]], node.get("arg", {}), state)


def _check_text(what: str, argument: Node, state: Walk) -> Iterator[Violation]:
    """Look into a constant that names an object: `'job_seq'`, with or without a cast around it."""
    while "TypeCast" in argument:
        argument = argument["TypeCast"].get("arg", {})
    constant = argument.get("A_Const", {})
    named = constant.get("sval", {}).get("sval", "")
    name = named.partition("(")[0].strip()
    known = {
        "sequence": state.names.sequences,
        "relation": state.names.relations | state.names.sequences,
        "type": state.names.all_types,
        "function": state.names.functions,
    }[what]
    schema, dot, last = name.rpartition(".")
    if last.strip('"') not in known or (dot and schema == state.names.schema):
        return
    start = constant.get("location", 0)
    edit = None
    if not dot and state.sql[start : start + 1] == b"'":
        edit = Edit(start + 1, start + 1, f"{state.names.schema}.")
    yield Violation(
        "AT03",
        start,
        f"the {what} {name} {'has no schema' if not dot else f'is not in the schema {state.names.schema}'}",
        f"write '{state.names.schema}.{last}'",
        edit,
    )


def _check_trigger(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("funcname", []))
    if name[-1] not in state.names.functions or name[-2:-1] == [state.names.schema]:
        return
    if violation := wrong("AT03", "function", name, find(name, state), state):
        yield violation


CALL = Rule(("FuncCall",), _check_call)
CAST = Rule(("TypeCast",), _check_cast)
TRIGGER = Rule(("CreateTrigStmt",), _check_trigger)
