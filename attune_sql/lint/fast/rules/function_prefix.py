"""AT03: a function or sequence of the schema without its prefix, also where it is named in a string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune_sql.lint.builtin import TYPES
from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import find, is_system, parts, wrong
from attune_sql.lint.fast.violation import Edit, Violation
from attune_sql.lint.fast.walk import Rule, Walk
from attune_sql.lint.names import SchemaNames

_RELATION_FUNCTIONS = frozenset({"nextval", "currval", "setval", "pg_get_serial_sequence"})
_NAME = re.compile(r"""("(?:[^"]|"")+"|[a-zA-Z_]\w*)(?:\s*\.\s*("(?:[^"]|"")+"|\w+))?""")
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
    if name and name[-1] in _RELATION_FUNCTIONS and arguments:
        yield from _check_text("relation", arguments[0], state)
    elif name and name[-1].startswith("to_reg") and name[-1][3:] in _NAMING_TYPES and arguments:
        yield from _check_text(_NAMING_TYPES[name[-1][3:]], arguments[0], state)


def _check_cast(node: Node, state: Walk) -> Iterator[Violation]:
    kind = parts(node.get("typeName", {}).get("names", []))
    if kind and kind[-1] in _NAMING_TYPES:
        yield from _check_text(_NAMING_TYPES[kind[-1]], node.get("arg", {}), state)


def _check_text(what: str, argument: Node, state: Walk) -> Iterator[Violation]:
    """Look into a constant that names an object: `'job_seq'`, with or without a cast around it."""
    while "TypeCast" in argument:
        argument = argument["TypeCast"].get("arg", {})
    constant = argument.get("A_Const", {})
    match = _NAME.match(constant.get("sval", {}).get("sval", ""))
    if match is None:
        return
    first, second = (_folded(each) if each else "" for each in match.groups())
    schema, start = state.names.schema, constant.get("location", 0)
    if second:
        if first != schema and not is_system(first):
            yield Violation("AT03", start, f"the {what} {first}.{second} is not in the schema {schema}")
        return
    known = first in _named(state.names, what)
    if (what == "type" and first in TYPES) or (not known and (what != "relation" or first.startswith("pg_"))):
        return
    plain = known and state.sql[start : start + 1] == b"'"
    yield Violation(
        "AT03",
        start,
        f"the {what} {first} has no schema",
        f"write '{schema}.{first}'",
        Edit(start + 1, start + 1, f"{schema}.") if plain else None,
    )


def _named(names: SchemaNames, what: str) -> frozenset[str]:
    return {"relation": names.relations | names.sequences, "type": names.all_types}.get(what, names.functions)


def _folded(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()


def _check_trigger(node: Node, state: Walk) -> Iterator[Violation]:
    name = parts(node.get("funcname", []))
    if name[-1] not in state.names.functions or name[-2:-1] == [state.names.schema]:
        return
    if violation := wrong("AT03", "function", name, find(name, state), state):
        yield violation


CALL = Rule(("FuncCall",), _check_call)
CAST = Rule(("TypeCast",), _check_cast)
TRIGGER = Rule(("CreateTrigStmt",), _check_trigger)
