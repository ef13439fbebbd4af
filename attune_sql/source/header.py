"""The comment lines above a query: name line and sentence; its tags are read by `tags`.

-- name: update(id, label, description, given)^
-- Changes the columns that were given and returns the pack, or no row.
-- @optional label, description
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field

from attune_sql.errors import SourceError
from attune_sql.location import Location
from attune_sql.source.operation import JsonType, NullabilityOverride, Operator

_NAME_LINE = re.compile(
    r"--\s*name\s*:\s*(?P<name>[A-Za-z_][A-Za-z0-9_-]*)\s*(?:\((?P<parameters>[^()]*)\))?\s*(?P<operator>\^|\$|!|<!|\*!|#|)\s*"
)
_LIKE_A_NAME_LINE = re.compile(r"--\s*name\s*:", re.IGNORECASE)
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = {"self": "the method's own object", "conn": "the connection"}


@dataclass(slots=True)
class Header:
    """What the comment lines above one query say."""

    name: str
    operator: Operator
    parameters: tuple[str, ...]
    location: Location
    sentences: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    overrides: list[NullabilityOverride] = field(default_factory=list)
    json_types: list[JsonType] = field(default_factory=list)


def is_name_line(comment: str) -> bool:
    """Tell whether a line comment opens a query, rightly written or not."""
    return _LIKE_A_NAME_LINE.match(comment) is not None


def read_name_line(comment: str, location: Location) -> Header:
    """Read `-- name: operation(parameter, …)operator`; raises SourceError where it is malformed."""
    match = _NAME_LINE.fullmatch(comment)
    if match is None:
        raise _malformed("this name line cannot be read", location)
    operator = Operator(match["operator"])
    if match["parameters"] is None and operator not in (Operator.SCRIPT, Operator.MANY, Operator.RETURNING):
        raise _malformed("the parameter list is missing", location, "write () where there are no parameters")
    listed = (match["parameters"] or "").strip()
    names = [name.strip() for name in listed.split(",")] if listed else []
    for name in (match["name"], *names):
        if keyword.iskeyword(name):
            raise _malformed(f"{name!r} is a keyword of Python and cannot be called", location, "choose another name")
    for position, name in enumerate(names):
        if not _PARAMETER.fullmatch(name):
            raise _malformed(f"{name!r} is not a parameter name", location)
        if name in names[:position]:
            raise _malformed(f"the parameter {name!r} is declared twice", location, "name it once")
        if name in _RESERVED:
            raise _malformed(f"{name!r} is the name of {_RESERVED[name]}", location, "give the parameter another name")
    if names and operator is Operator.SCRIPT:
        raise _malformed("a script (#) takes no parameters", location, "use another operator, or remove the parameters")
    return Header(match["name"].replace("-", "_"), operator, tuple(names), location)


def _malformed(message: str, location: Location, help: str | None = None) -> SourceError:
    expected = "write it as `-- name: operation(first, second)^` with one of the operators ^ $ ! <! *! # or none"
    return SourceError(message, location=location, help=help or expected, rule="header")
