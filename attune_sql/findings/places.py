"""Where in the header of an operation something stands: its name, its operator, one of its parameters."""

from __future__ import annotations

import re
from dataclasses import replace

from attune_sql.location import Location
from attune_sql.source.operation import Operation

_NAME_LINE = re.compile(r"\s*--\s*name\s*:\s*(?P<name>[\w-]+)\s*(?:\((?P<parameters>[^()]*)\))?\s*(?P<operator>\S*)")
_OPTIONAL = re.compile(r"^[ \t]*--[ \t]*@optional\b.*$", re.MULTILINE)


def name_place(operation: Operation) -> Location:
    """Locate the name of an operation in its name line."""
    return _group(operation, "name")


def operator_place(operation: Operation) -> Location:
    """Locate the operator in the name line, or the name where the operator is none."""
    return _group(operation, "operator" if operation.operator.value else "name")


def parameter_place(operation: Operation, name: str) -> Location:
    """Locate a parameter in the name line."""
    line = operation.header.text
    listed = _NAME_LINE.match(line)
    word = re.compile(rf"\b{re.escape(name)}\b")
    if listed is None or listed["parameters"] is None or not (found := word.search(line, listed.start("parameters"))):
        return operation.header
    return replace(operation.header, column=found.start() + 1, length=len(name))


def optional_place(operation: Operation, name: str) -> Location:
    """Locate a parameter in the `@optional` line of an operation."""
    text = operation.text
    start = sum(len(line) + 1 for line in text.split("\n")[: operation.header.line - 1])
    for line in _OPTIONAL.finditer(text, start, operation.segments[0].source):
        if found := re.search(rf"\b{re.escape(name)}\b", line[0].replace("@optional", " " * len("@optional"))):
            return Location.at(operation.path, text, line.start() + found.start(), line.start() + found.end())
    return parameter_place(operation, name)


def _group(operation: Operation, group: str) -> Location:
    found = _NAME_LINE.match(operation.header.text)
    if found is None or not found[group]:
        return operation.header
    return replace(operation.header, column=found.start(group) + 1, length=len(found[group]))
