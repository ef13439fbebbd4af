"""What comes out of set-returning functions, and what is inside arrays."""

from __future__ import annotations

from attune_sql.describe.nullability.catalogue import Function
from attune_sql.describe.nullability.scope import Judge, Scope
from attune_sql.describe.nullability.verdict import Verdict, maybe, never, worst
from attune_sql.describe.query_tree import Node

# Built-in set-returning functions: for each column, whether it always has a value.
_SETS: dict[str, tuple[bool, ...]] = {
    "generate_series": (True,),
    "generate_subscripts": (True,),
    "json_array_elements": (True,),
    "json_array_elements_text": (False,),
    "json_each": (True, True),
    "json_each_text": (True, False),
    "json_object_keys": (True,),
    "jsonb_array_elements": (True,),
    "jsonb_array_elements_text": (False,),
    "jsonb_each": (True, True),
    "jsonb_each_text": (True, False),
    "jsonb_object_keys": (True,),
    "jsonb_path_query": (True,),
    "regexp_matches": (True,),
    "regexp_split_to_table": (True,),
    "string_to_table": (True,),
}

_BY_KEY = frozenset(
    f"{json}_{name}"
    for json in ("json", "jsonb")
    for name in ("to_record", "to_recordset", "populate_record", "populate_recordset")
)

_FULL_ARRAYS = frozenset({"enum_range", "regexp_split_to_array"})
_WITHOUT_NULL_WORD = 2

_ARRAY_HEADER = 12

# primnodes.h: SubLinkType
_ARRAY_SUBLINK = 6


def elements(node: Node, function: Function, count: int, scope: Scope, judge: Judge) -> list[Verdict] | None:
    """Judge the `count` columns of a set-returning function's rows; None for a function that is not known."""
    arguments = node.nodes("args")
    if not function.built_in:
        return None
    if function.name == "unnest" and function.arguments == ("anyarray",):
        return [array_elements(arguments[0], scope, judge)]
    if function.name == "string_to_table" and len(arguments) > 2:
        return [maybe("string_to_table() with a word for NULL", node.location)]
    if function.name in _BY_KEY:
        return [maybe(f"{function.name}() gives NULL for a missing key", node.location)] * count
    columns = _SETS.get(function.name)
    if columns is None:
        return None
    return [
        never(f"{function.name}() gives no NULL", node.location)
        if present
        else maybe(f"{function.name}() gives NULL for a JSON null", node.location)
        for present in columns
    ]


def array_elements(array: Node, scope: Scope, judge: Judge) -> Verdict:
    """Judge the elements of an array (not the array itself, which gives no element when it is NULL)."""
    if array.name == "ARRAYEXPR":
        parts = array.nodes("elements")
        inner = array_elements if array.flag("multidims") else None
        verdicts = [inner(each, scope, judge) if inner else judge.expression(each, scope) for each in parts]
        return worst(verdicts) or never("no element of the array is NULL", array.location)
    if array.name == "CONST" and not array.flag("constisnull"):
        return _constant_elements(array)
    if array.name in ("RELABELTYPE", "COLLATEEXPR"):
        inner_array = array.node("arg")
        assert inner_array is not None
        return array_elements(inner_array, scope, judge)
    if array.name == "SUBLINK" and array.number("subLinkType") == _ARRAY_SUBLINK:
        query = array.node("subselect")
        assert query is not None
        return judge.query(query, scope)[0]
    if array.name == "FUNCEXPR":
        function = judge.catalogue.function(array.number("funcid"))
        name = function.name if function is not None and function.built_in else ""
        if name in _FULL_ARRAYS or (name == "string_to_array" and len(array.nodes("args")) == _WITHOUT_NULL_WORD):
            return never(f"{name}() gives no NULL", array.location)
    return maybe("an element of the array can be NULL", array.location)


def _constant_elements(array: Node) -> Verdict:
    """Read the header of an array literal: an offset to the data says that there are NULLs (array.h, ArrayType)."""
    value = array.fields.get("constvalue")
    if isinstance(value, str) and "[" in value:
        content = [int(each) % 256 for each in value.split()[2:-1]]
        if len(content) >= _ARRAY_HEADER and not any(content[8:12]):
            return never("no element of the array is NULL", array.location)
    return maybe("an element of the array can be NULL", array.location)
