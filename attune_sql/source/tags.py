"""The tags of a header: what its author adds to what PostgreSQL can say.

-- @optional label, description     the parameters that a caller may leave out
-- @not_null total                  columns that are never NULL, whatever their expressions say
-- @nullable total                  columns that may be NULL, whatever their expressions say
-- @json config: ActionConfig       the Python type of a json parameter or column
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from attune_sql.errors import SourceError
from attune_sql.location import Location
from attune_sql.source.header import Header
from attune_sql.source.operation import GIVEN, JsonType, NullabilityOverride

_TAG = re.compile(r"@(?P<tag>\w+)\s*(?P<value>.*)")
_RECORD_CLASS = re.compile(r"record_class\s*:")
_JSON_TYPE = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*:\s*(?P<type>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")


def read_comment_line(header: Header, comment: str, location: Location) -> None:
    """Add one comment line below the name line to `header`: a sentence or a tag; raises SourceError for a wrong tag."""
    content = comment.removeprefix("--").strip()
    if _RECORD_CLASS.match(content):
        raise _wrong("row classes are derived from the columns, not declared", location, "remove the record_class line")
    match = _TAG.match(content)
    if match is None:
        header.sentences.append(content)
        return
    read = _TAGS.get(match["tag"])
    if read is None:
        raise _wrong(
            f"there is no tag @{match['tag']}", location, f"the tags are: {', '.join(map('@{}'.format, _TAGS))}"
        )
    read(header, match["value"].strip(), location)


def _optional(header: Header, value: str, location: Location) -> None:
    declared = f"the declared parameters are: {', '.join(header.parameters) or 'none'}"
    for name in _names("optional", value, location):
        if name not in header.parameters:
            raise _wrong(f"@optional names {name!r}, which the name line does not declare", location, declared)
        if name == GIVEN:
            raise _wrong(f"{GIVEN!r} is filled by the library and never passed", location, "remove it from @optional")
        header.optional.append(name)


def _not_null(header: Header, value: str, location: Location) -> None:
    _override(header, "not_null", value, location)


def _nullable(header: Header, value: str, location: Location) -> None:
    _override(header, "nullable", value, location)


def _override(header: Header, tag: str, value: str, location: Location) -> None:
    for column in _names(tag, value, location):
        if any(each.column == column for each in header.overrides):
            raise _wrong(f"the nullability of {column!r} is overridden twice", location, "keep one of the tags")
        found = re.search(rf"(?<!@)\b{re.escape(column)}\b", location.text[location.column - 1 :])
        place = replace(location, column=location.column + found.start(), length=len(column)) if found else location
        header.overrides.append(NullabilityOverride(column, tag == "nullable", place))


def _json(header: Header, value: str, location: Location) -> None:
    match = _JSON_TYPE.fullmatch(value)
    if match is None:
        raise _wrong("this @json tag cannot be read", location, "write it as `-- @json config: ActionConfig`")
    if any(each.name == match["name"] for each in header.json_types):
        raise _wrong(f"{match['name']!r} has two @json tags", location, "keep one of them")
    header.json_types.append(JsonType(match["name"], match["type"], location))


def _names(tag: str, value: str, location: Location) -> list[str]:
    names = [name for name in re.split(r"[\s,]+", value) if name]
    if not names:
        raise _wrong(f"@{tag} names nothing", location, f"write it as `-- @{tag} first, second`, or remove it")
    return names


def _wrong(message: str, location: Location, help: str) -> SourceError:
    return SourceError(message, location=location, help=help, rule="header")


_TAGS: dict[str, Callable[[Header, str, Location], None]] = {
    "optional": _optional,
    "not_null": _not_null,
    "nullable": _nullable,
    "json": _json,
}
