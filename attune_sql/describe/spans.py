"""A position in the SQL that was sent → the whole word at that place of the author's file."""

from __future__ import annotations

import re
from dataclasses import replace

from attune_sql.location import Location
from attune_sql.source.operation import Operation

_NAME = r'(?:"(?:[^"]|"")+"|\w+)'
# A parameter, a name with its schema and table, a string, or a run of operator characters.
_WORD = re.compile(rf":?{_NAME}(?:\.(?:{_NAME}|\*))*|'(?:[^']|'')*'|[-+*/<>=~!@#%^&|`?]+")


def span(operation: Operation, position: int) -> Location:
    """Locate the word at a 1-based character position of the SQL that is sent, as PostgreSQL reports it."""
    location = operation.locate(position)
    word = _WORD.match(location.text, location.column - 1)
    return replace(location, length=len(word[0])) if word else location
