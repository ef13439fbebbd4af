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

_TOKEN = re.compile(r"[(){}]|(?:[^\s(){}\\]+|\\.)+", re.DOTALL)
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
        found: list[Node] = []
        for value in self.fields.values():
            _collect(value, found)
        return iter(found)

    def walk(self) -> Iterator[Node]:
        """Yield this node and every node below."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            for value in node.fields.values():
                _collect(value, pending)

    def __repr__(self) -> str:
        return f"<{self.name} at {self.location}>"


def read(text: str) -> list[Node]:
    """Read the text of a list of nodes, or of one node; `<>` is the empty list.

    Names of columns and permissions of relations are skipped, and so are the aliases of joins without merged columns:
    nothing refers to them. Raises ValueError for any other text.
    """
    text = _SKIPPED.sub("", _JOIN_ALIASES.sub(":joinmergedcols 0", unwrapped(text)))
    tokens = _TOKEN.findall(text)
    if tokens == ["<>"]:
        return []
    found: list[Node] = []
    _collect(_built(tokens), found)
    return found


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


def _built(tokens: list[str]) -> Value:
    """Put the tokens together without recursion: a query may be nested deeper than Python's stack."""
    # The innermost open list, or node's fields and the field that awaits its value.
    values: list[Value] = []
    fields: dict[str, Value] | None = None
    name = field = ""
    outer: list[tuple[list[Value], dict[str, Value] | None, str, str]] = []
    position, end = 0, len(tokens)
    while position < end:
        token = tokens[position]
        position += 1
        if token == "{" or token == "(":
            outer.append((values, fields, name, field))
            values, fields, field = [], None, ""
            if token == "{":
                if position == end:
                    break
                name, fields = tokens[position], {}
                position += 1
            continue
        if token == "}" or token == ")":
            if not outer or (fields is None) is (token == "}"):
                raise ValueError(f"the text of the query tree has {token!r} where none belongs")
            made: Value = values if fields is None else Node(name, fields)
            values, fields, name, field = outer.pop()
            if fields is None:
                values.append(made)
            else:
                fields[field] = made
        elif fields is None:
            values.append(None if token == "<>" else token)
        elif token[0] == ":":
            field = token[1:]
            value = tokens[position] if position < end else "}"
            if value == "}" or value == ")":
                raise ValueError(f"the text of the query tree has no value for {field!r}")
            if value != "{" and value != "(":
                fields[field] = None if value == "<>" else value
                position += 1
        else:
            # The bytes of a constant, `4 [ 1 0 0 0 ]`: further words of the value before.
            fields[field] = f"{fields[field]} {token}"
    if outer or len(values) != 1:
        raise ValueError("the text of the query tree is cut off, or goes on behind its end")
    return values[0]


def _collect(value: Value, found: list[Node]) -> None:
    """Append the nodes of a field's value, those in lists of lists too."""
    # The class itself, not isinstance: this is asked of every field of every node.
    kind = value.__class__
    if kind is Node:
        found.append(value)  # type: ignore[arg-type]
    elif kind is list:
        for each in value:  # type: ignore[union-attr]
            _collect(each, found)
