"""PostgreSQL's node text → nodes: `({QUERY :commandType 1 :rtable ({RANGETBLENTRY …}) …})`, of majors 15 to 18.

Source: PostgreSQL, src/backend/nodes: outfuncs.c (outToken, nodeToString), read.c (pg_strtok), print.c
(format_node_dump).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, Union

Value: TypeAlias = Union[str, "Node", list["Value"], None]
"""A field's value: a scalar as it is written, a node, a list, or None for `<>`."""

WIDTH = 78
"""Where the server wraps the text: at a blank, or inside a word that is longer than the line."""

_TOKEN = re.compile(r"[(){}]|(?:[^\s(){}\\]|\\.)+", re.DOTALL)
_SKIPPED = re.compile(
    r':colnames \((?:"(?:[^"\\]|\\.)*"\s?)+\)|:rteperminfos \((?:\{RTEPERMISSIONINFO [^{}]*\}\s?)*\)', re.DOTALL
)
_JOIN_ALIASES = re.compile(r":joinmergedcols 0\s:joinaliasvars \((?:\{VAR [^{}]*\}\s?)*\)")


class Node:
    """One node: its name (`QUERY`, `VAR`, …) and its fields by name.

    `location` is the offset of its token in the SQL that was sent, -1 where PostgreSQL gives none.
    """

    __slots__ = ("fields", "location", "name")

    def __init__(self, name: str, fields: dict[str, Value]) -> None:
        self.name = name
        self.fields = fields
        place = fields.get("location")
        self.location = int(place) if isinstance(place, str) else -1

    def number(self, field: str) -> int:
        """Return a whole number, 0 where the field is absent."""
        value = self.fields.get(field)
        return int(value) if isinstance(value, str) else 0

    def flag(self, field: str) -> bool:
        """Return a truth value, false where the field is absent."""
        return self.fields.get(field) == "true"

    def text(self, field: str) -> str:
        """Return a string without its escapes, empty where the field is absent."""
        value = self.fields.get(field)
        return re.sub(r"\\(.)", r"\1", value.strip('"'), flags=re.DOTALL) if isinstance(value, str) else ""

    def node(self, field: str) -> Node | None:
        """Return a node, None where there is none."""
        value = self.fields.get(field)
        return value if isinstance(value, Node) else None

    def nodes(self, field: str) -> list[Node]:
        """Return the nodes of a list, without what is no node."""
        value = self.fields.get(field)
        return [each for each in value if isinstance(each, Node)] if isinstance(value, list) else []

    def numbers(self, field: str) -> list[int]:
        """Return the whole numbers of a list such as `(i 1 2)`, `(o 20 25)` or `(b 8)`."""
        value = self.fields.get(field)
        return [int(each) for each in value[1:] if isinstance(each, str)] if isinstance(value, list) else []

    def inner(self) -> Iterator[Node]:
        """Yield the nodes directly below, those in lists of lists too."""
        for value in self.fields.values():
            yield from _nodes(value)

    def walk(self) -> Iterator[Node]:
        """Yield this node and every node below."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(node.inner())

    def __repr__(self) -> str:
        return f"<{self.name} at {self.location}>"


def read(text: str) -> list[Node]:
    """Read the text of a list of nodes, or of one node; `<>` is the empty list.

    Names of columns and permissions of relations are skipped, and so are the aliases of joins without merged columns:
    nothing refers to them. Raises ValueError for any other text.
    """
    text = _SKIPPED.sub("", _JOIN_ALIASES.sub(":joinmergedcols 0", unwrapped(text)))
    tokens = _TOKEN.findall(text)
    tokens.append("")
    if tokens[0] == "<>":
        return []
    try:
        value, end = _value(tokens, 0)
    except (IndexError, RecursionError) as error:
        raise ValueError("the text of the query tree is cut off") from error
    if tokens[end] != "":
        raise ValueError(f"the text of the query tree goes on behind its end: {tokens[end]!r}")
    return list(_nodes(value))


def unwrapped(text: str) -> str:
    """Undo the server's line breaks: a blank each, but nothing inside a word that is longer than a line."""
    lines = text.split("\n")
    if not any(_is_cut(line) for line in lines):
        return " ".join(lines)
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        cut = _is_cut(line) and following[:1] not in (":", "{", "}", "(", ")")
        pieces.append(line if cut else f"{line} ")
    return "".join(pieces)


def _is_cut(line: str) -> bool:
    return " " not in line[1:] and len(line.encode()) >= WIDTH


def _value(tokens: list[str], index: int) -> tuple[Value, int]:
    token = tokens[index]
    if token == "{":
        return _node(tokens, index + 1)
    if token == "(":
        return _list(tokens, index + 1)
    if token in (")", "}", ""):
        raise ValueError(f"the text of the query tree has {token!r} where a value belongs")
    return None if token == "<>" else token, index + 1


def _node(tokens: list[str], index: int) -> tuple[Node, int]:
    name = tokens[index]
    fields: dict[str, Value] = {}
    field = ""
    index += 1
    while (token := tokens[index]) != "}":
        if token[:1] != ":":
            # The bytes of a constant, `4 [ 1 0 0 0 ]`: further words of the value before.
            value = fields[field]
            fields[field] = f"{value} {token}"
            index += 1
            continue
        field = token[1:]
        word = tokens[index + 1]
        if word in ("{", "("):
            fields[field], index = _value(tokens, index + 1)
        elif word == "}":
            raise ValueError(f"the text of the query tree has no value for {field!r}")
        else:
            fields[field] = None if word == "<>" else word
            index += 2
    return Node(name, fields), index + 1


def _list(tokens: list[str], index: int) -> tuple[list[Value], int]:
    values: list[Value] = []
    while (token := tokens[index]) != ")":
        if token in ("{", "("):
            value, index = _value(tokens, index)
            values.append(value)
        else:
            values.append(None if token == "<>" else token)
            index += 1
    return values, index + 1


def _nodes(value: Value) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _nodes(each)
