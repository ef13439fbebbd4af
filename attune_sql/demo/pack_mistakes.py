"""What msgspec finds wrong with the value of a file → an error with its place and a way out."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import get_args

import msgspec

from attune_sql.demo.pack_values import Condition, Conditions, Operator, Runner, Task
from attune_sql.demo.yaml_source import YamlSource
from attune_sql.errors import PackFileError

_PLACE = re.compile(r" - at (?:`key` in )?`(?P<place>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")
_TYPE = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<found>[^`]*)`")
_CHOICE = re.compile(r"Invalid enum value '(?P<value>.*?)'(?: - at|$)")

_INNER: dict[str, type[msgspec.Struct]] = {
    "tasks": Task,
    "conditions": Conditions,
    "all": Condition,
    "any": Condition,
}
_CHOICES = {"runner_type": get_args(Runner), "operator": get_args(Operator)}
_PATTERNS = {
    "ref": ("a ref", "write pack.name with lower-case letters, digits, _ and -; the ref of a pack itself has no dot"),
    "version": ("a version", "write three numbers, as in 1.0.0"),
}
_WORDS = {
    "str": "text",
    "str | null": "text",
    "object": "a mapping",
    "array": "a list",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
}


def explain(message: str, source: YamlSource, values: type[msgspec.Struct]) -> PackFileError:
    """Make the error for msgspec's `message` about a file that should hold `values`."""
    found = _PLACE.search(message)
    place = found["place"] if found else "$"
    name = place.rpartition(".")[2]
    if source.value is None:
        return source.problem("the file is empty", help=f"the fields are {', '.join(_known(values))}")
    if missing := _MISSING.match(message):
        return source.problem(f"the field {missing['name']!r} is missing", place, help=f"add {missing['name']}: …")
    if unknown := _UNKNOWN.match(message):
        known = _known(_INNER.get(name.partition("[")[0], values))
        return source.problem(
            f"there is no field {unknown['name']!r} here",
            place,
            key=unknown["name"],
            help=f"{nearest(unknown['name'], known)}the fields are {', '.join(known)}",
        )
    if choice := _CHOICE.match(message):
        known = _CHOICES[name]
        return source.problem(
            f"{choice['value']!r} is no {name}",
            place,
            help=f"{nearest(choice['value'], known)}there are {', '.join(known)}",
        )
    if "matching regex" in message:
        kind, help = _PATTERNS[name]
        return source.problem(f"{source.value.get(name)!r} is not {kind}", place, help=help)
    if wrong := _TYPE.match(message):
        wanted, got = (_WORDS.get(wrong[part], wrong[part]) for part in ("wanted", "found"))
        if got == "null":
            return source.problem(f"{wanted} is wanted here, and there is nothing", place, help=f"give {name} a value")
        scalar = wanted == "text" and wrong["found"] in {"int", "float", "bool"}
        return source.problem(
            f"{wanted} is wanted here, not {got}", place, help="quote it to make it text" if scalar else None
        )
    if "length >= 1" in message:
        return source.problem(f"{name} is empty", place, help="write something")
    return source.problem(_PLACE.sub("", message), place)


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Ask whether the known name that looks most like `name` was meant, or say nothing."""
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}? " if close else ""


def _known(values: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(values))
