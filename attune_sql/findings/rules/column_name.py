"""A result column without a name, with the name of another one, or with a name that no Python attribute can have.

Why: rows are named tuples; the first call would raise `RowShapeError`.

Do: give the column a name with `AS`: letters, digits and `_`, no leading `_`, no keyword of Python.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import name_place
from attune_sql.findings.rule import Rule
from attune_sql.source.operation import Operator

_MAKES_ROWS = frozenset({Operator.ROWS, Operator.ROW, Operator.RETURNING})
_UNNAMED = "?column?"


def check(description: Description) -> Iterator[Finding]:
    """Report every column that cannot be a field of a row; a single value (`$`) needs no name."""
    operation = description.operation
    if operation.operator not in _MAKES_ROWS:
        return
    seen: dict[str, int] = {}
    for position, column in enumerate(description.columns, start=1):
        first = seen.setdefault(column.name, position)
        if column.name == _UNNAMED:
            problem = f"column {position} has no name"
        elif first != position:
            problem = f"columns {first} and {position} are both named {column.name!r}"
        elif not column.name.isidentifier() or keyword.iskeyword(column.name) or column.name.startswith("_"):
            problem = f"column {position}, {column.name!r}, cannot be a field of a Python row"
        else:
            continue
        yield Finding(
            RULE.name,
            name_place(operation),
            f"{operation.full_name}: {problem}",
            f"give column {position} a name with AS",
        )


RULE = Rule("column-name", "error", __doc__, check)
