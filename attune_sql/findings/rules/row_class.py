"""An operation whose columns no generated row class has.

Why: the query was edited and its types were not: a checker believes what the stubs say, and the fields are others.

Do: run `attune-sql generate`, and commit what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.findings.finding import Finding
from attune_sql.findings.places import name_place
from attune_sql.findings.rule import Repository, Rule
from attune_sql.source.operation import Operator

_MAKES_ROWS = frozenset({Operator.ROWS, Operator.ROW, Operator.RETURNING})


def check(repository: Repository) -> Iterator[Finding]:
    """Compare column names and their order; whether the types are stale too is for `generate --check` to say."""
    if repository.row_classes is None:
        return
    for description in repository.operations:
        operation = description.operation
        columns = tuple(each.name for each in description.columns)
        if operation.operator in _MAKES_ROWS and columns and columns not in repository.row_classes:
            yield Finding(
                RULE.name,
                name_place(operation),
                f"{operation.full_name}: no generated row class has its columns: {', '.join(columns)}",
                "run attune-sql generate",
            )


RULE = Rule("row-class", "error", __doc__, check)
